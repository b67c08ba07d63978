/** One group email account, new or there already: its servers, what is read, what happens then, and the tests. */
import { Button, SimpleGrid, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useNavigate, useParams } from 'react-router'
import { listOutboundAccounts } from '../../../src/outbound/contract.ts'
import * as api from '../../../src/mailbox/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { instantOf, wallClock } from '../../ui/local-time.ts'
import { failed, succeeded } from '../../ui/notice.tsx'
import { useUnsavedWarning } from '../../ui/use-unsaved-warning.ts'
import { AccountTests } from './AccountTests.tsx'
import { AfterReading } from './AfterReading.tsx'
import { LastCheck } from './LastCheck.tsx'
import { OauthFields } from './OauthFields.tsx'
import { ServerFields } from './ServerFields.tsx'
import { type AccountForm, bodyOf, useAccountForm, valuesOf } from './account-form.ts'

const back = { to: paths.groupEmailAccounts(), title: 'Group Email Accounts' }
const refreshes = [api.listGroupEmailAccounts, api.getGroupEmailAccount, listOutboundAccounts]

export function NewGroupEmailAccountScreen() {
  const navigate = useNavigate()
  const form = useAccountForm(null)
  const create = useAction(api.createGroupEmailAccount, { refreshes, done: ({ id }) => { form.resetDirty(); void navigate(paths.groupEmailAccount(id)) } })
  const submit = form.onSubmit((values) => create.mutate({ body: { ...bodyOf(values, null), name: values.name } }, { onError: (error) => form.setErrors(error.byField) }))
  return (
    <Page title="New group email account" width="narrow" back={back} about="A mailbox that is read for bounces, complaints and replies.">
      <form onSubmit={submit} noValidate>
        <Stack><Fields form={form} /><ErrorNote error={create.error} /><Button type="submit" loading={create.isPending} w="fit-content">Add account</Button></Stack>
      </form>
    </Page>
  )
}

export function GroupEmailAccountScreen() {
  const account = useRead(api.getGroupEmailAccount, { params: { id: useParams()['id']! } })
  return <Page title={account.name} width="narrow" back={back} about={<LastCheck check={account.lastCheck} />} action={<Remove account={account} />}><Account account={account} /></Page>
}

function Account({ account }: { account: api.GroupEmailAccount }) {
  const form = useAccountForm(account)
  const save = useAction(api.changeGroupEmailAccount, {
    refreshes, done: (result) => { form.setInitialValues(valuesOf(result)); form.setValues(valuesOf(result)); succeeded('Saved. Test it now.') },
  })
  useUnsavedWarning(form.isDirty())
  const submit = form.onSubmit((values) => save.mutate({ params: { id: account.id }, body: bodyOf(values, account) }, { onError: (error) => form.setErrors(error.byField) }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Panel title="Test"><AccountTests account={account} dirty={form.isDirty()} /></Panel>
        <Fields form={form} />
        <ErrorNote error={save.error} />
      </Stack>
      <SaveBar dirty={form.isDirty()} saving={save.isPending} onDiscard={form.reset} />
    </form>
  )
}

function Fields({ form }: { form: AccountForm }) {
  const { values } = form
  return (
    <>
      <Panel title="Account">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Name" required {...form.getInputProps('name')} />
          <TextInput label="Address" type="email" description="The address whose mail arrives here." {...form.getInputProps('emailAddress')} />
          <Switch label="Active" description="It is read each minute." checked={values.status === 'active'} onChange={(event) => form.setFieldValue('status', event.currentTarget.checked ? 'active' : 'inactive')} />
        </SimpleGrid>
      </Panel>
      <Panel title="Reading (IMAP)"><ServerFields form={form} side="imap" /></Panel>
      {[values.imap.auth, values.smtp.auth].includes('oauth2') && <Panel title="OAuth 2.0" about="Access tokens are made from the refresh token by themselves."><OauthFields form={form} /></Panel>}
      <Panel title="What is read">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TagsInput label="Folders" description="Press Enter after each name." {...form.getInputProps('monitoredFolders')} />
          <DateTimePicker label="Read from" description="Older messages are not looked at." value={wallClock(values.fetchSince)} onChange={(at) => at && form.setFieldValue('fetchSince', instantOf(at)!)} error={form.errors['fetchSince']} />
        </SimpleGrid>
      </Panel>
      <Panel title="After reading" about="Only what belongs to a mail of yours is ever touched. Other people's mail stays as it lies."><AfterReading form={form} /></Panel>
      <Panel title="Sending (SMTP)" about="Only needed when mass emails or answers leave by this account.">
        <Stack>
          <ServerFields form={form} side="smtp" />
          <Switch label="For mass email" description="It can then be chosen as the account of a mass email." {...form.getInputProps('forMassEmail', { type: 'checkbox' })} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label="From name" {...form.getInputProps('fromName')} />
            <TextInput label="Reply to" type="email" {...form.getInputProps('replyToAddress')} />
            <TextInput label="Bounce address" type="email" description="Empty: the address of this account." {...form.getInputProps('bounceAddress')} />
          </SimpleGrid>
        </Stack>
      </Panel>
    </>
  )
}

function Remove({ account: { id, name } }: { account: api.GroupEmailAccount }) {
  const navigate = useNavigate()
  const remove = useAction(api.removeGroupEmailAccount, { refreshes: [api.listGroupEmailAccounts], done: () => { void navigate(paths.groupEmailAccounts()) } })
  const ask = async () => {
    const yes = await confirm({ title: `Remove ${name}?`, body: 'It is not read any more. Its mailbox and what is in the log stay as they are.', confirm: 'Remove', danger: true })
    if (yes) remove.mutate({ params: { id } }, { onError: failed })
  }
  return <Button variant="default" loading={remove.isPending} onClick={() => { void ask() }}>Remove</Button>
}
