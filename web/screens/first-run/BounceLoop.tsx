/** The proof that bounces come home: a mail to an address that cannot exist, followed until its bounce is read. */
import { Button, Group, List, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconCheck, IconClock, IconMinus, IconX } from '@tabler/icons-react'
import { type LoopStep, getBounceLoop, startBounceLoop } from '../../../src/bounce-loop/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'

const looks = {
  done: { icon: IconCheck, color: 'green', word: 'done' }, waiting: { icon: IconClock, color: 'tide', word: 'waiting' },
  failed: { icon: IconX, color: 'red', word: 'failed' }, open: { icon: IconMinus, color: 'gray', word: 'not reached yet' },
} as const

export function BounceLoop() {
  const loop = useRead(getBounceLoop, {}, { every: (last) => (last?.status === 'running' ? 2_000 : false) })
  const start = useAction(startBounceLoop, { refreshes: [getBounceLoop] })
  const runs = loop.status === 'running'
  return (
    <Stack gap="sm" component="section" aria-label="Test of the bounce loop">
      <Group justify="space-between" gap="sm">
        <div><Text fw={600} size="sm">Do bounces come home?</Text><Text size="sm" c="dimmed">A mail to an address that cannot exist shows it within a few minutes. You need not wait.</Text></div>
        <Button variant="default" loading={start.isPending || runs} onClick={() => start.mutate({ body: {} })}>{loop.status === 'never' ? 'Test it' : 'Test it again'}</Button>
      </Group>
      {start.error && <ErrorNote error={start.error} />}
      {loop.status !== 'never' && (
        <div role="status">
          <Text size="sm" fw={600} c={loop.status === 'failed' ? 'red' : undefined}>{loop.message}</Text>
          {loop.advice && <Text size="sm">{loop.advice}</Text>}
          <List size="sm" spacing={4} mt="xs" listStyleType="none">{loop.steps.map((step) => <Line key={step.code} {...step} />)}</List>
        </div>
      )}
    </Stack>
  )
}

function Line({ state, message }: LoopStep) {
  const look = looks[state]
  return <List.Item icon={<ThemeIcon size={20} radius="xl" color={look.color} variant="light" role="img" aria-label={look.word}><look.icon size={14} /></ThemeIcon>}>{message}</List.Item>
}
