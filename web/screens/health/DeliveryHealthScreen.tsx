/** Administration > Delivery Health: whether mail can leave and be accepted, each check with what to do. */
import { Button, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import * as api from '../../../src/health/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { failed } from '../../ui/notice.tsx'
import { checkTitle, levelLooks } from './levels.ts'
import classes from './DeliveryHealthScreen.module.css'

type Check = api.DeliveryHealth['checks'][number]

export function DeliveryHealthScreen() {
  const check = useAction(api.checkDeliveryHealth, { refreshes: [api.getDeliveryHealth] })
  return (
    <Page title="Delivery Health" width="narrow" back={{ to: paths.administration(), title: 'Administration' }} about="Whether mail can leave and be accepted, and what to mend if not."
      action={<Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} loading={check.isPending} onClick={() => check.mutate({ body: {} }, { onError: failed })}>Check all now</Button>}>
      <Checks />
    </Page>
  )
}

const order = { error: 0, warning: 1, unknown: 2, ok: 3 }

function Checks() {
  const { level, checks } = useRead(api.getDeliveryHealth, {}, { every: 15_000 })
  const look = levelLooks[level]
  return (
    <Stack>
      <Paper withBorder className={classes['overall']} data-level={level}>
        <look.icon size={28} aria-hidden />
        <div><Title order={2}>{look.overall}</Title><Text size="sm">{overallWords(checks)}</Text></div>
      </Paper>
      {checks.toSorted((a, b) => order[a.level] - order[b.level]).map((check) => <CheckCard key={check.code} check={check} />)}
    </Stack>
  )
}

function overallWords(checks: Check[]): string {
  const count = (level: Check['level']) => checks.filter((check) => check.level === level).length
  const parts = [[count('error'), 'to mend'], [count('warning'), 'to look at'], [count('unknown'), 'not known'], [count('ok'), 'in order']] as const
  return parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`).join(' · ')
}

function CheckCard({ check: { code, level, message, advice, since } }: { check: Check }) {
  const look = levelLooks[level]
  return (
    <Paper withBorder component="section" className={classes['check']} aria-label={checkTitle(code)}>
      <ThemeIcon variant="light" color={look.color} size={34} radius="xl" aria-hidden><look.icon size={18} /></ThemeIcon>
      <div className={classes['words']}>
        <Group justify="space-between" gap="xs"><Text fw={600}>{checkTitle(code)} <Text span size="sm" fw={500} c="dimmed">{look.word}</Text></Text><Text size="xs" c="dimmed">since <TimeAgo at={since} /></Text></Group>
        <Text size="sm">{message}</Text>
        {advice && level !== 'ok' && <Text size="sm" c="dimmed" mt={2}>{advice}</Text>}
      </div>
    </Paper>
  )
}
