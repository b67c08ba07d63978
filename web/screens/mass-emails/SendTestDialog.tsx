/** Send Test: to chosen records at their own addresses, or as they would get it, to somebody else. */
import { Alert, Button, Group, Pill, PillGroup, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { sendTest } from '../../../src/delivery/contract.ts'
import { useAction } from '../../api/client.ts'
import { byName, useMailableTypes } from '../../api/entity-types.ts'
import { finder } from '../../api/find.ts'
import { useMe } from '../../api/session.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { RecordPicker } from '../../ui/RecordPicker.tsx'
import { type Recipient, TestGroups } from './TestGroups.tsx'
import { TestOutcome } from './TestOutcome.tsx'

export const openSendTest = ({ id, name }: Pick<MassEmail, 'id' | 'name'>) =>
  modals.open({ title: `Send a test of “${name}”`, size: 'lg', children: <Boundary><SendTestForm massEmailId={id} /></Boundary> })

function SendTestForm({ massEmailId }: { massEmailId: string }) {
  const me = useMe()
  const [recipients, setRecipients] = useState<Recipient[]>([])
  const [where, setWhere] = useState<'own' | 'me'>('me')
  const [to, setTo] = useState(me.emailAddress)
  const send = useAction(sendTest)
  const reason = recipients.length === 0 ? 'Choose at least one record to render it as.' : where === 'me' && !to.trim() ? 'Say where to send it.' : undefined
  // Who opted out gets a test only after a confirm that names them.
  const unconfirmed = send.error?.code === 'confirmOptedOut'
  const submit = () => send.mutate({
    params: { id: massEmailId },
    body: { recipients: recipients.map(({ entityType, id }) => ({ entityType, id })), ...(where === 'me' && { to: to.trim() }), ...(unconfirmed && { confirmOptedOut: true }) },
  })
  return (
    <Stack>
      <RecipientsInput value={recipients} onChange={setRecipients} />
      <TestGroups recipients={recipients} onTake={setRecipients} />
      <Radio.Group label="Send it to" value={where} onChange={(choice) => setWhere(choice as 'own' | 'me')}>
        <Stack gap={6} mt={6}>
          <Radio value="me" label="One address, as each of them would get it" />
          <Radio value="own" label="Each of them, at their own address" />
        </Stack>
      </Radio.Group>
      {where === 'me' && <TextInput label="Address" type="email" value={to} onChange={(event) => setTo(event.currentTarget.value)} />}
      <Text size="sm" c="dimmed">The subject begins with [Test]. A test counts in no figure and no list; its links show what they would do and change nothing.</Text>
      {unconfirmed ? <Alert color="lamp" variant="light" role="alert">{send.error?.message}</Alert> : <ErrorNote error={send.error} />}
      {send.data && <TestOutcome outcome={send.data} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => modals.closeAll()}>{send.data ? 'Close' : 'Cancel'}</Button>
        <ReasonButton reason={reason} loading={send.isPending} onClick={submit}>{unconfirmed ? 'Send to them all the same' : send.data ? 'Send again' : 'Send test'}</ReasonButton>
      </Group>
    </Stack>
  )
}

function RecipientsInput({ value, onChange }: { value: Recipient[]; onChange: (recipients: Recipient[]) => void }) {
  const types = useMailableTypes()
  const [typeName, setTypeName] = useState('Contact')
  const type = byName(types, typeName) ?? types[0]!
  const add = (pick: { id: string; name: string } | null) => {
    if (pick && !value.some(({ id }) => id === pick.id)) onChange([...value, { entityType: type.name, id: pick.id, name: pick.name }])
  }
  return (
    <div>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select label="Type" w={120} value={type.name} onChange={(name) => setTypeName(name ?? 'Contact')} data={types.map(({ name }) => name)} />
        <div style={{ flex: 1, minWidth: 0 }}><RecordPicker key={value.length} label="Records" placeholder="Type a name or address" kind={type.slug} find={finder(type.slug)} value={null} onPick={add} /></div>
      </Group>
      {value.length > 0 && (
        <PillGroup mt={8}>{value.map(({ id, name }) => <Pill key={id} withRemoveButton removeButtonProps={{ 'aria-label': `Remove ${name}`, 'aria-hidden': false, tabIndex: 0 }} onRemove={() => onChange(value.filter((other) => other.id !== id))}>{name}</Pill>)}</PillGroup>
      )}
    </div>
  )
}
