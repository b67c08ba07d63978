/** Takes unverified hard bounces of a domain, within a time, for true: all at once. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useState } from 'react'
import { listMailboxMessages, markInvalid } from '../../../src/mailbox/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { instantOf } from '../../ui/local-time.ts'
import { succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'

export function MarkInvalidForm({ onDone }: { onDone: () => void }) {
  const [domain, setDomain] = useState('')
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const mark = useAction(markInvalid, { refreshes: [listMailboxMessages], done: ({ marked }) => { succeeded(`${counted(marked, 'address', 'addresses')} marked invalid.`); onDone() } })
  const body = { ...(domain.trim() && { domain: domain.trim() }), ...(from && { from: instantOf(from)! }), ...(to && { to: instantOf(to)! }) }
  const chosen = Object.keys(body).length > 0
  return (
    <form onSubmit={(event) => { event.preventDefault(); mark.mutate({ body }) }}>
      <Stack>
        <Text size="sm">Their addresses are not mailed any more until somebody clears them. Who did it stands in the audit log.</Text>
        <TextInput label="Domain of the addresses" placeholder="example.net" value={domain} onChange={(event) => setDomain(event.currentTarget.value)} />
        <DateTimePicker label="Received from" clearable clearButtonProps={{ 'aria-label': 'Empty Received from' }} value={from} onChange={setFrom} />
        <DateTimePicker label="Received until" clearable clearButtonProps={{ 'aria-label': 'Empty Received until' }} value={to} onChange={setTo} />
        <ErrorNote error={mark.error} />
        <Group justify="flex-end"><Button type="submit" disabled={!chosen} loading={mark.isPending} title={chosen ? undefined : 'Say which ones: a domain or a time'}>Mark invalid</Button></Group>
      </Stack>
    </form>
  )
}
