/** Administration > Settings: company, addresses of this installation, language and time, what is kept of people and for how long. */
import { NumberInput, Select, SimpleGrid, Stack, TextInput, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import * as api from '../../../src/settings/contract.ts'
import { call, useAction, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { useUnsavedWarning } from '../../ui/use-unsaved-warning.ts'
import { changesIn, numberOrNull } from './changes.ts'
import { choices } from './setting-words.ts'
import { useSettingFields } from './setting-fields.tsx'
import { LogoInput } from './LogoInput.tsx'
import { SettingsFile } from './SettingsFile.tsx'
import { SettingsHistory } from './SettingsHistory.tsx'
import { timeZones } from './time-zones.ts'

export function GeneralSettingsScreen() {
  return (
    <Page title="Settings" width="narrow" back={{ to: paths.administration(), title: 'Administration' }}
      about="Who you are, where this installation is found, how it tells time, and how long it remembers.">
      <GeneralForm />
    </Page>
  )
}

function GeneralForm() {
  const { version: _version, ...saved } = useRead(api.getGeneral)
  const form = useForm({ initialValues: saved })
  const show = ({ version: _now, ...values }: api.General) => { form.setInitialValues(values); form.setValues(values) }
  const save = useAction(api.changeGeneral, { refreshes: [api.getGeneral, api.listSettingChanges], done: (result) => { show(result); succeeded('Saved.') } })
  const again = () => void call(api.getGeneral).then(show)
  useUnsavedWarning(form.isDirty())
  const submit = form.onSubmit((values) => save.mutate({ body: changesIn(withNumbers(values), saved) }, { onError: (error) => form.setErrors(error.byField) }))
  const { field } = useSettingFields('general', form)
  return (
    <>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Panel title="Company" about="Who writes to your readers.">
            <Stack>
              <TextInput {...field('companyName')} />
              <Textarea minRows={2} {...field('postalAddress')} />
              <LogoInput {...field('logo')} value={form.values.logo} onChange={(logo) => form.setFieldValue('logo', logo)} />
            </Stack>
          </Panel>
          <Panel title="Addresses of this installation">
            <Stack>
              <TextInput type="url" {...field('siteUrl')} />
              <TextInput type="url" {...field('publicUrl')} />
            </Stack>
          </Panel>
          <Panel title="Language and time">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Select data={choices['general.language']!} allowDeselect={false} {...field('language')} />
              <Select searchable openOnFocus={false} allowDeselect={false} data={timeZones()} {...field('timeZone')} />
            </SimpleGrid>
          </Panel>
          <Panel title="Privacy and retention" about="What is kept of people, and for how long. Deleted by Clean Up, and gone for good then.">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Select data={choices['general.storeIp']!} allowDeselect={false} {...field('storeIp')} />
              <span />
              {kept.map(([key, least]) => <NumberInput key={key} placeholder="For ever" min={least} max={36_500} allowDecimal={false} {...field(key)} value={form.values[key] ?? ''} />)}
            </SimpleGrid>
          </Panel>
          <ErrorNote error={save.error} />
        </Stack>
        <SaveBar dirty={form.isDirty()} saving={save.isPending} onDiscard={form.reset} />
      </form>
      <Stack mt="md">
        <SettingsFile dirty={form.isDirty()} onImported={again} />
        <SettingsHistory group="general" refreshes={[api.getGeneral]} dirty={form.isDirty()} onTakenBack={again} />
      </Stack>
    </>
  )
}

const kept = [['keepLogDetailDays', 30], ['keepRawMailDays', 1], ['keepAuditDays', 30], ['keepNoticesDays', 1]] as const
const withNumbers = <Values extends Record<(typeof kept)[number][0], unknown>>(values: Values): Values =>
  ({ ...values, ...Object.fromEntries(kept.map(([key]) => [key, numberOrNull(values[key] as number | string | null)])) })
