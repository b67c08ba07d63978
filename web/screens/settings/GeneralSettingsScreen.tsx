/** Administration > Settings: company, addresses of this installation, language and time zone. */
import { Select, SimpleGrid, Stack, TextInput, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import * as api from '../../../src/settings/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { useUnsavedWarning } from '../../ui/use-unsaved-warning.ts'
import { changesIn } from './changes.ts'
import { timeZones } from './time-zones.ts'

const languages = [
  { value: 'en', label: 'English' }, { value: 'de', label: 'Deutsch' }, { value: 'fr', label: 'Français' },
  { value: 'es', label: 'Español' }, { value: 'uk', label: 'Українська' },
]
const ipChoices = [
  { value: 'full', label: 'The whole address' }, { value: 'anonymised', label: 'The network only (anonymised)' }, { value: 'no', label: 'Nothing' },
]

export function GeneralSettingsScreen() {
  return (
    <Page title="Settings" width="narrow" back={{ to: paths.administration(), title: 'Administration' }}
      about="Who you are, where this installation is found, and how it tells time.">
      <GeneralForm />
    </Page>
  )
}

function GeneralForm() {
  const { version: _version, ...saved } = useRead(api.getGeneral)
  const form = useForm({ initialValues: saved })
  const save = useAction(api.changeGeneral, {
    refreshes: [api.getGeneral],
    done: ({ version: _new, ...result }) => { form.setInitialValues(result); form.setValues(result); succeeded('Saved.') },
  })
  useUnsavedWarning(form.isDirty())
  const submit = form.onSubmit((values) => save.mutate({ body: changesIn(values, saved) }, { onError: (error) => form.setErrors(error.byField) }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Panel title="Company" about="Stands at the foot of every mass email, as the law asks in most countries.">
          <Stack>
            <TextInput label="Company name" {...form.getInputProps('companyName')} />
            <Textarea label="Postal address" minRows={2} {...form.getInputProps('postalAddress')} />
          </Stack>
        </Panel>
        <Panel title="Addresses of this installation">
          <Stack>
            <TextInput label="Site URL" description="Where you and your colleagues open Tidings." type="url" {...form.getInputProps('siteUrl')} />
            <TextInput label="Public URL" description="Where links in your mail lead. Must be reachable for every recipient. Empty: the Site URL." type="url" {...form.getInputProps('publicUrl')} />
          </Stack>
        </Panel>
        <Panel title="Language, time and privacy">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select label="Language of public pages" data={languages} {...form.getInputProps('language')} />
            <Select label="Time zone" searchable data={timeZones()} description="Decides what “today” and “this month” mean in filters." {...form.getInputProps('timeZone')} />
            <Select label="Kept of a reader's IP address" data={ipChoices} {...form.getInputProps('storeIp')} />
          </SimpleGrid>
        </Panel>
        <ErrorNote error={save.error} />
      </Stack>
      <SaveBar dirty={form.isDirty()} saving={save.isPending} onDiscard={form.reset} />
    </form>
  )
}
