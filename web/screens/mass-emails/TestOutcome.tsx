/** What became of a test, at once: for each recipient, the server's own words when it did not go. */
import { Group, Stack, Text } from '@mantine/core'
import type { sendTest } from '../../../src/delivery/contract.ts'
import type { Result } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { reasonWords } from './reasons.ts'

export function TestOutcome({ outcome: { results } }: { outcome: Result<typeof sendTest> }) {
  return (
    <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }} aria-label="What became of the test" aria-live="polite">
      {results.map(({ record, emailAddress, status, reason }) => (
        <Group key={`${record.id}${emailAddress}`} component="li" gap="xs">
          <StatusBadge status={status} />
          <Text size="sm">{displayAddress(emailAddress) || 'No address'}</Text>
          {reason && status !== 'sent' && <Text size="sm" c="dimmed">{reasonWords(reason)}</Text>}
        </Group>
      ))}
    </Stack>
  )
}
