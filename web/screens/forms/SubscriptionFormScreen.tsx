/** One subscription form: what it asks, with its page beside it; how it comes onto a site; and who came in through it. */
import { Button, Grid, Stack } from '@mantine/core'
import { IconExternalLink, IconTrash } from '@tabler/icons-react'
import { useNavigate, useParams } from 'react-router'
import * as api from '../../../src/forms/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { UrlTabs } from '../../ui/UrlTabs.tsx'
import { useUnsavedWarning } from '../../ui/use-unsaved-warning.ts'
import { counted } from '../../ui/words.ts'
import { EmbedPanel } from './EmbedPanel.tsx'
import { changedValues, type EditedForm, faultsByInput, useFormValues, valuesOf } from './form-values.ts'
import { openness } from './form-words.ts'
import { AfterPanel, AskPanel, ConfirmationPanel, ListsPanel, WordsPanel } from './FormPanels.tsx'
import { PreviewPanel } from './PreviewPanel.tsx'
import { SubscriptionsPanel } from './SubscriptionsPanel.tsx'

const refreshes = [api.listSubscriptionForms, api.getSubscriptionForm]

export function SubscriptionFormScreen() {
  const saved = useRead(api.getSubscriptionForm, { params: { id: useParams()['id']! } })
  const { status, words } = openness(saved)
  const about = `${counted(saved.confirmed, 'subscription')} confirmed, ${saved.pending} pending, ${saved.expired} not confirmed in time`
  return (
    <Page title={saved.name} mark={<StatusBadge status={status}>{words}</StatusBadge>} about={about} back={{ to: paths.subscriptionForms(), title: 'Subscription Forms' }} action={<Actions saved={saved} />}>
      <Tabs key={saved.id} saved={saved} />
    </Page>
  )
}

function Tabs({ saved }: { saved: api.OneSubscriptionForm }) {
  const form = useFormValues(saved)
  const save = useAction(api.changeSubscriptionForm, {
    refreshes, done: (result) => { form.setInitialValues(valuesOf(result)); form.setValues(valuesOf(result)); succeeded('Saved.') },
  })
  useUnsavedWarning(form.isDirty())
  const submit = form.onSubmit((values) => save.mutate({ params: { id: saved.id }, body: changedValues(values, saved) }, { onError: (error) => form.setErrors(faultsByInput(error.byField)) }))
  const editor = (
    <form onSubmit={submit} noValidate>
      <Editor form={form} saved={saved} />
      <ErrorNote error={save.error} />
      <SaveBar dirty={form.isDirty()} saving={save.isPending} onDiscard={form.reset} />
    </form>
  )
  return <UrlTabs tabs={[
    { key: 'form', title: 'Form', content: editor },
    { key: 'embed', title: 'Link and code', content: <EmbedPanel saved={saved} /> },
    { key: 'subscriptions', title: 'Subscriptions', content: <SubscriptionsPanel saved={saved} /> },
  ]} />
}

function Editor({ form, saved }: { form: EditedForm; saved: api.OneSubscriptionForm }) {
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Stack>
          <WordsPanel form={form} />
          <ListsPanel form={form} />
          <AskPanel form={form} textVersion={saved.textVersion} />
          <ConfirmationPanel form={form} />
          <AfterPanel form={form} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}><div style={{ position: 'sticky', top: 72 }}><PreviewPanel values={form.values} /></div></Grid.Col>
    </Grid>
  )
}

function Actions({ saved: { id, name, url, pending } }: { saved: api.OneSubscriptionForm }) {
  const navigate = useNavigate()
  const remove = useAction(api.removeSubscriptionForm, { refreshes: [api.listSubscriptionForms], done: () => { succeeded('The form is deleted.'); void navigate(paths.subscriptionForms()) } })
  const ask = async () => {
    const waiting = pending > 0 ? ` ${counted(pending, 'person', 'people')} cannot confirm any more.` : ''
    const body = `Its page and the links in its mails say that it is gone.${waiting} Who has confirmed stays in the target lists, and the proofs of consent stay with the records.`
    if (await confirm({ title: `Delete “${name}”?`, body, confirm: 'Delete', danger: true })) remove.mutate({ params: { id } }, { onError: failed })
  }
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} loading={remove.isPending} onClick={() => { void ask() }}>Delete</Button>
      <Button component="a" href={url} target="_blank" rel="noreferrer" variant="default" leftSection={<IconExternalLink size={16} aria-hidden />}>Open page</Button>
    </>
  )
}
