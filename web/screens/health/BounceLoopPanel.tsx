/** The bounce loop: a mail to an address that cannot exist is sent, and each step that its bounce takes is ticked as it is seen. */
import { Anchor, Button, Group, Loader, Stack, Text, TextInput, ThemeIcon } from '@mantine/core'
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { type BounceLoop, getBounceLoop, type LoopStep, startBounceLoop } from '../../../src/bounce-loop/contract.ts'
import { getDeliveryHealth } from '../../../src/health/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { useRefreshOn } from '../../api/refresh-on.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'

export const BounceLoopPanel = () => (
  <Panel title="Test the way back" about={<Text size="sm" c="dimmed">Sends a mail to an address that cannot exist and watches for its bounce. It counts in no figures and marks nobody.</Text>}><Loop /></Panel>
)

function Loop() {
  const loop = useRead(getBounceLoop, {}, { every: (last) => (last?.status === 'running' ? 2_000 : 15_000) })
  useRefreshOn(`${loop.startedAt} ${loop.status}`)
  return (
    <Stack gap="md">
      {loop.status !== 'never' && <Result loop={loop} />}
      {loop.suggestedAddress === null
        ? <Text size="sm">There is no address to send from yet. Set one in <Anchor component={Link} to={paths.outboundEmails()} inherit underline="always">Outbound Emails</Anchor> first.</Text>
        : <Start suggested={loop.suggestedAddress} again={loop.status !== 'never'} />}
    </Stack>
  )
}

function Start({ suggested, again }: { suggested: string; again: boolean }) {
  const [address, setAddress] = useState('')
  const start = useAction(startBounceLoop, { refreshes: [getBounceLoop, getDeliveryHealth] })
  const submit = () => start.mutate({ body: address.trim() ? { address: address.trim() } : {} }, { onSuccess: () => setAddress('') })
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit() }}>
      <Stack gap="xs">
        <Group align="flex-end" gap="sm">
          <TextInput label="Send it to" description="Empty: the address shown" placeholder={suggested} inputMode="email" value={address} onChange={(event) => setAddress(event.currentTarget.value)} flex="1 1 260px" miw={0} />
          <Button type="submit" variant="default" loading={start.isPending}>{again ? 'Test again' : 'Start the test'}</Button>
        </Group>
        <ErrorNote error={start.error} />
      </Stack>
    </form>
  )
}

function Result({ loop }: { loop: BounceLoop }) {
  return (
    <Stack gap="sm">
      <Text size="sm" role="status"><b>{words[loop.status]}</b> {loop.message}</Text>
      {loop.advice && <Text size="sm">{loop.advice}</Text>}
      <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Steps of the bounce loop">{loop.steps.map((step) => <Step key={step.code} step={step} />)}</Stack>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>To {loop.address} by {loop.accountName}, back to {loop.returnPath}. Started <TimeAgo at={loop.startedAt} /></Text>
    </Stack>
  )
}

const words = { never: '', running: 'Under way.', succeeded: 'The loop is closed.', failed: 'It did not come home.' }
const titles: Record<LoopStep['code'], string> = { sent: 'Sent', accepted: 'Taken by the server', arrived: 'Bounce came back', recognised: 'Recognised', logged: 'Attributed and logged' }
const looks = {
  done: { icon: IconCheck, color: 'green', word: 'done' }, failed: { icon: IconX, color: 'red', word: 'failed' },
  open: { icon: IconMinus, color: 'gray', word: 'not reached' }, waiting: { icon: null, color: 'gray', word: 'waiting' },
} as const

function Step({ step: { code, state, message, at } }: { step: LoopStep }) {
  const look = looks[state]
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon size={22} radius="xl" color={look.color} variant="light" role="img" aria-label={look.word}>{look.icon ? <look.icon size={14} /> : <Loader size={12} />}</ThemeIcon>
      <Text size="sm" miw={0} style={{ overflowWrap: 'anywhere' }}><b>{titles[code]}</b> {message} {at && <Text span size="xs" c="dimmed"><TimeAgo at={at} /></Text>}</Text>
    </Group>
  )
}
