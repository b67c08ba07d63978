/** Administration > Outbound Emails: how much mail leaves, when, from whom, and by which server. */
import { Box, Stack } from '@mantine/core'
import { listOutboundAccounts } from '../../../src/outbound/contract.ts'
import * as api from '../../../src/settings/contract.ts'
import { call, useAction, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { counted } from '../../ui/words.ts'
import { succeeded } from '../../ui/notice.tsx'
import { useUnsavedWarning } from '../../ui/use-unsaved-warning.ts'
import { LimitsPanel } from './LimitsPanel.tsx'
import { RecipientsPanel } from './RecipientsPanel.tsx'
import { ReliabilityPanel } from './ReliabilityPanel.tsx'
import { SenderPanel } from './SenderPanel.tsx'
import { SettingsHistory } from './SettingsHistory.tsx'
import { SmtpPanel } from './SmtpPanel.tsx'
import { patchOf, useOutboundForm, valuesOf } from './outbound-emails-form.ts'

export function OutboundEmailsScreen() {
  return (
    <Page title="Outbound Emails" width="narrow" back={{ to: paths.administration(), title: 'Administration' }}
      about="How much mail leaves, when, from whom, and by which server.">
      <OutboundEmailsForm />
    </Page>
  )
}

function OutboundEmailsForm() {
  const saved = useRead(api.getOutboundEmails)
  const form = useOutboundForm(saved)
  const show = (result: api.OutboundEmails) => { form.setInitialValues(valuesOf(result)); form.setValues(valuesOf(result)) }
  const save = useAction(api.changeOutboundEmails, {
    refreshes: [...refreshes, api.listSettingChanges],
    done: (result) => { show(result); succeeded(savedWords(result.pausedMassEmailIds)) },
  })
  useUnsavedWarning(form.isDirty())
  const submit = form.onSubmit((values) => save.mutate({ body: patchOf(values, saved) }, { onError: (error) => form.setErrors(error.byField) }))
  return (
    <>
      <form onSubmit={submit} noValidate>
        <Stack>
          <LimitsPanel form={form} />
          <SenderPanel form={form} />
          <SmtpPanel form={form} />
          <RecipientsPanel form={form} />
          <ReliabilityPanel form={form} />
          <ErrorNote error={save.error} />
        </Stack>
        <SaveBar dirty={form.isDirty()} saving={save.isPending} onDiscard={form.reset} />
      </form>
      <Box mt="md"><SettingsHistory group="outboundEmails" refreshes={refreshes} dirty={form.isDirty()} onTakenBack={() => void call(api.getOutboundEmails).then(show)} /></Box>
    </>
  )
}

const refreshes = [api.getOutboundEmails, listOutboundAccounts]

/** Leaving the Sandbox pauses what was prepared in it, so that nothing goes to real people by surprise. */
const savedWords = (paused: string[] = []) =>
  (paused.length > 0 ? `Saved. ${counted(paused.length, 'mass email')} paused, because mail now leaves for real. Resume them when you are ready.` : 'Saved.')
