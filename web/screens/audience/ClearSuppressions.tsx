/** Lifts many suppressions at once: those of a domain, within a time, such as after an outage there; or chosen ones. */
import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { type ReactNode, useState } from 'react'
import * as api from '../../../src/audience/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { instantOf } from '../../ui/local-time.ts'
import { succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { suppressionReasons } from './suppression-words.ts'

type Reason = api.Suppression['reason']

const useClear = (onDone: () => void) => useAction(api.clearSuppressions, {
  refreshes: [api.listSuppressions],
  done: ({ cleared }) => { succeeded(`${counted(cleared, 'entry', 'entries')} cleared. These addresses may be mailed again.`); onDone() },
})

export function ClearByDomain({ onDone }: { onDone: () => void }) {
  const [domain, setDomain] = useState('')
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [reasons, setReasons] = useState<string[]>(['invalid', 'softBounced'])
  const which = { ...(domain.trim() && { domain: domain.trim() }), ...(from && { from: instantOf(from)! }), ...(to && { to: instantOf(to)! }) }
  const missing = Object.keys(which).length === 0 ? 'Say which ones: a domain or a time' : reasons.length === 0 ? 'Choose what is cleared' : undefined
  return (
    <WithReason onDone={onDone} missing={missing} input={{ ...which, reasons: reasons as Reason[] }} about="After an outage of a provider its good addresses may stand here as invalid. Cleared, they are mailed again.">
      <TextInput label="Domain of the addresses" placeholder="example.net" value={domain} data-autofocus onChange={(event) => setDomain(event.currentTarget.value)} />
      <DateTimePicker label="Suppressed from" clearable clearButtonProps={{ 'aria-label': 'Empty Suppressed from' }} value={from} onChange={setFrom} />
      <DateTimePicker label="Suppressed until" clearable clearButtonProps={{ 'aria-label': 'Empty Suppressed until' }} value={to} onChange={setTo} />
      <Checkbox.Group label="What is cleared" description="People who opted out or complained asked not to be mailed: clear that only if they asked you to." value={reasons} onChange={setReasons}>
        <Stack gap={6} mt={6}>{suppressionReasons.map(({ value, label }) => <Checkbox key={value} value={value} label={label} />)}</Stack>
      </Checkbox.Group>
    </WithReason>
  )
}

export function ClearChosen({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  return <WithReason onDone={onDone} missing={undefined} input={{ ids }} about={`${counted(ids.length, 'entry is', 'entries are')} cleared, whatever the reason. Clear what people said themselves only if they asked you to.`} />
}

type Chosen = { ids?: string[]; domain?: string; from?: string; to?: string; reasons?: Reason[] }
type WithReasonProps = { about: string; input: Chosen; missing: string | undefined; onDone: () => void; children?: ReactNode }

function WithReason({ about, input, missing, onDone, children }: WithReasonProps) {
  const [reason, setReason] = useState('')
  const clear = useClear(onDone)
  const lacking = missing ?? (reason.trim() ? undefined : 'Say why first')
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (!lacking) clear.mutate({ body: { ...input, reason: reason.trim() } }) }}>
      <Stack>
        <Text size="sm">{about}</Text>
        {children}
        <TextInput label="Reason" description="Kept in the audit log." required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <ErrorNote error={clear.error} />
        <Group justify="flex-end"><Button type="submit" disabled={lacking !== undefined} title={lacking} loading={clear.isPending}>Clear</Button></Group>
      </Stack>
    </form>
  )
}
