/** The warm-up plan of an account: its two figures, the curve they make, and what today takes. */
import { Button, Group, NumberInput, SimpleGrid, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { type OutboundAccount, changeOutboundAccount, getOutboundAccount, listOutboundAccounts } from '../../../src/outbound/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { useNow } from '../../ui/TimeAgo.tsx'
import { TimeColumns } from '../../ui/charts/TimeColumns.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { groupSeparator } from '../settings/number-format.ts'
import { type Plan, dayThatTakes, drawnDays, warmUpWords } from './account-words.ts'

/** Careful enough for a new address: 50 on the first day, 5,000 within three weeks. */
const usual = { startPerDay: 50, growthPercent: 25 }

export function WarmUpForm({ account: { id, warmUp, maxPerHour } }: { account: OutboundAccount }) {
  const [plan, setPlan] = useState<Plan | null>(warmUp)
  const save = useAction(changeOutboundAccount, { refreshes: [getOutboundAccount, listOutboundAccounts], done: () => succeeded('Warm-up saved.') })
  const dirty = JSON.stringify(plan) !== JSON.stringify(warmUp)
  return (
    <Stack>
      <Switch label="Warm this account up" checked={plan !== null} onChange={(event) => setPlan(event.currentTarget.checked ? warmUp ?? { ...usual, startedAt: new Date().toISOString() } : null)} />
      {plan && <PlanFields plan={plan} onChange={setPlan} />}
      {plan && <Curve plan={plan} maxPerHour={maxPerHour} started={warmUp !== null} />}
      <ErrorNote error={save.error} />
      <Group>
        <Button disabled={!dirty} loading={save.isPending} title={dirty ? undefined : 'Nothing was changed'} onClick={() => save.mutate({ params: { id }, body: { warmUp: plan } })}>Save warm-up</Button>
        {warmUp && <Button variant="default" onClick={() => setPlan({ ...(plan ?? warmUp), startedAt: new Date().toISOString() })}>Begin again today</Button>}
      </Group>
    </Stack>
  )
}

function PlanFields({ plan, onChange }: { plan: Plan; onChange: (plan: Plan) => void }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NumberInput label="On the first day" min={1} allowDecimal={false} thousandSeparator={groupSeparator} value={plan.startPerDay} onChange={(value) => onChange({ ...plan, startPerDay: Number(value) || 1 })} />
      <NumberInput label="Growth from day to day" suffix=" %" min={0} max={1000} value={plan.growthPercent} onChange={(value) => onChange({ ...plan, growthPercent: Number(value) || 0 })} />
    </SimpleGrid>
  )
}

const series = [{ key: 'perDay', label: 'Mails a day, at most', color: 'var(--mantine-color-tide-6)' }]

function Curve({ plan, maxPerHour, started }: { plan: Plan; maxPerHour: number | null; started: boolean }) {
  const now = useNow(60_000)
  const points = drawnDays(plan, maxPerHour, now).map(({ day, perDay }) => ({ label: `Day ${day}`, values: { perDay } }))
  const day = dayThatTakes(plan, 10_000)
  return (
    <div>
      <Text size="sm" mb={8}>
        {started ? `Today: ${warmUpWords(plan, now)}.` : `It begins with at most ${plan.startPerDay.toLocaleString()} on the first day.`}{' '}
        {day === null ? `It stays below ${(10_000).toLocaleString()} a day.` : `From day ${day.toLocaleString()} on, ${(10_000).toLocaleString()} go out in a day.`}
      </Text>
      <TimeColumns points={points} series={series} label="How many mails a day the warm-up lets through" height={180} />
    </div>
  )
}
