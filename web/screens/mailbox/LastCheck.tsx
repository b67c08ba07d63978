/** How the last look into a mailbox went: what was found, or what stopped it and what to do. */
import { Stack, Text } from '@mantine/core'
import type { GroupEmailAccount } from '../../../src/mailbox/contract.ts'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { foundInWords } from './message-words.ts'

export function LastCheck({ check }: { check: GroupEmailAccount['lastCheck'] | undefined }) {
  if (!check) return <Text size="sm" c="dimmed">Not yet</Text>
  if (!check.error) return <Text size="sm"><TimeAgo at={check.at} />: {foundInWords(check.found)}</Text>
  return (
    <Stack gap={2} style={{ whiteSpace: 'normal' }}>
      <Text size="sm" c="red" style={{ overflowWrap: 'anywhere' }}><TimeAgo at={check.at} />: {check.error}</Text>
      {check.advice && <Text size="sm" c="dimmed">{check.advice}</Text>}
    </Stack>
  )
}
