/** Whether this record's address may be mailed; every reason against it, since when and why, and the way to clear it. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import * as api from '../../../src/audience/contract.ts'
import { useRead } from '../../api/client.ts'
import type { RecordRow } from '../../api/records.ts'
import { useMay } from '../../api/session.ts'
import { displayAddress } from '../../ui/address.ts'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useLiftSuppression } from '../audience/lift-suppression.tsx'
import { sourceInWords, suppressionWords } from '../audience/suppression-words.ts'

export function AddressState({ record }: { record: RecordRow }) {
  const maySee = useMay('changeOptOuts')
  const address = String(record['emailAddress'] ?? '')
  if (!address) return <Alert color="gray" title="No email address">Nobody can be mailed without one. Edit the record to add it.</Alert>
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>{displayAddress(address)}</Text>
      {Boolean(record['emailMalformed']) && <Alert color="red" title="Malformed address">No mail server would take it. Check it for a typing error.</Alert>}
      {Boolean(record['doNotEmail']) && <Alert color="lamp" title="Do not email">This record says so. Nobody with this address is mailed while it does.</Alert>}
      {maySee
        ? <Suppressed address={address} otherwiseFine={!record['emailMalformed'] && !record['doNotEmail']} />
        : <Text size="sm" c="dimmed">Whether it bounced or opted out is shown to those who may change opt-outs.</Text>}
    </Stack>
  )
}

function Suppressed({ address, otherwiseFine }: { address: string; otherwiseFine: boolean }) {
  const { items } = useRead(api.listSuppressions, { query: { filter: { field: 'emailAddress', op: 'equals', value: address } } })
  const lift = useLiftSuppression()
  if (items.length === 0) return otherwiseFine ? <Group gap={6}><IconCircleCheck size={18} color="var(--tidings-good)" aria-hidden /><Text size="sm">Deliverable: nothing speaks against mailing it.</Text></Group> : null
  return items.map((suppression) => (
    <Alert key={suppression.id} color="red" title={suppressionWords[suppression.reason!]}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>Since <TimeAgo at={suppression.at} /> · {sourceInWords(suppression.source!)}{suppression.byUserName && `, ${suppression.byUserName}`}</Text>
      {suppression.detail && <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{suppression.detail}</Text>}
      {suppression.until && <Text size="sm" c="dimmed">Ends by itself <TimeAgo at={suppression.until} />.</Text>}
      <Button size="compact-sm" variant="light" color="red" mt="xs" onClick={() => lift(suppression)}>Clear…</Button>
    </Alert>
  ))
}
