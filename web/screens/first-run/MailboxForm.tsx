/** The mailbox that is read for bounces: a group email account, saved and tried in one go. It is read once the test has passed. */
import { Button, Group, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { getFirstRun } from '../../../src/first-run/contract.ts'
import * as api from '../../../src/mailbox/contract.ts'
import { type Preset, listOutboundAccounts } from '../../../src/outbound/contract.ts'
import { type OutboundEmails, changeOutboundEmails, getOutboundEmails } from '../../../src/settings/contract.ts'
import { type Result, call, useRefresh } from '../../api/client.ts'
import type { ApiError } from '../../api/problem.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { TestOutcome } from '../mailbox/AccountTests.tsx'
import { OauthFields } from '../mailbox/OauthFields.tsx'
import { ServerFields } from '../mailbox/ServerFields.tsx'
import { type AccountValues, bodyOf, useAccountForm } from '../mailbox/account-form.ts'

type Tried = Result<typeof api.testImap>
type MailboxFormProps = { saved: api.GroupEmailAccount | null; presets: Preset[]; settings: OutboundEmails }

const other = 'other'
/** The local part of every return address of a message (VERP). */
const verpName = 'bounce@'

export function MailboxForm({ saved, presets, settings }: MailboxFormProps) {
  const refresh = useRefresh()
  const form = useAccountForm(saved)
  const [verp, setVerp] = useState(settings.verp)
  const { emailAddress, imap } = form.values
  const [at, setAt] = useState(presets.find((preset) => preset.imap!.host === imap.host)?.id ?? other)
  const choose = (id: string | null) => {
    setAt(id ?? other)
    const preset = presets.find((each) => each.id === id)
    if (preset) form.setFieldValue('imap', { ...imap, ...preset.imap! })
  }
  const save = useMutation<Tried, ApiError, AccountValues>({
    mutationFn: (values) => saveAndTry(values, saved, { verp, settings }),
    onSuccess: () => form.resetDirty(),
    onError: (error) => form.setErrors(error.byField),
    onSettled: () => refresh(api.listGroupEmailAccounts, getOutboundEmails, listOutboundAccounts, getFirstRun),
  })
  const submit = form.onSubmit((values) => {
    if (values.emailAddress.trim() === '') form.setFieldError('emailAddress', 'Enter the address of the mailbox.')
    else if (values.imap.host.trim() === '') form.setFieldError('imap.host', 'Enter the name of the server.')
    else {
      const named = withUserName(values)
      form.setValues(named)
      save.mutate(named)
    }
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'start' }}>
          <TextInput label="Address of the mailbox" description="Undelivered mail returns to it." type="email" placeholder="bounce@acme.example" {...form.getInputProps('emailAddress')} />
          <Select label="Mailbox at" description="Fills in host, port and security." allowDeselect={false} data={[...presets.map(({ id, name }) => ({ value: id, label: name })), { value: other, label: 'Another mail server' }]} value={at} onChange={choose} />
        </SimpleGrid>
        <ServerFields form={form} side="imap" />
        {imap.auth === 'oauth2' && <OauthFields form={form} />}
        {emailAddress.trim().toLowerCase().startsWith(verpName) && (
          <Switch label="A return address for each message (VERP)" description="A bounce then names its message by itself. The mailbox has to take +suffixes, as those of Google and Microsoft do." checked={verp} onChange={(event) => setVerp(event.currentTarget.checked)} />
        )}
        {save.error && <ErrorNote error={save.error} />}
        <Group><Button type="submit" variant={save.data?.ok || saved?.status === 'active' ? 'default' : 'filled'} loading={save.isPending}>Save and test</Button></Group>
        {!save.isPending && <TestOutcome error={null} result={save.data} />}
      </Stack>
    </form>
  )
}

/** Mostly the address itself. */
const withUserName = (values: AccountValues): AccountValues => ({ ...values, imap: { ...values.imap, username: values.imap.username || values.emailAddress.trim() } })

/** Read from the moment on that the test passes; until then the account is kept and not active, so that nothing looks done that is not. */
async function saveAndTry(values: AccountValues, saved: api.GroupEmailAccount | null, { verp, settings }: { verp: boolean; settings: OutboundEmails }): Promise<Tried> {
  const account = saved
    ? await call(api.changeGroupEmailAccount, { params: { id: saved.id }, body: bodyOf(values, saved) })
    : await call(api.createGroupEmailAccount, { body: { ...bodyOf(values, null), name: 'Bounces and replies', status: 'inactive' } })
  const returns = { bounceAddress: account.emailAddress, verp: verp && account.emailAddress.startsWith(verpName) }
  if (returns.bounceAddress !== settings.bounceAddress || returns.verp !== settings.verp) await call(changeOutboundEmails, { body: returns })
  const result = await call(api.testImap, { params: { id: account.id } })
  const status = result.ok ? 'active' : 'inactive'
  if (account.status !== status) await call(api.changeGroupEmailAccount, { params: { id: account.id }, body: { status } })
  return result
}
