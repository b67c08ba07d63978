/** Administration > Sign-in: the OpenID Connect provider, whom it lets in, who came in by it; passwords, and who needs a second factor beside one. */
import { PasswordInput, Radio, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import * as api from '../../../src/single-sign-on/contract.ts'
import { useAction, useRead, useRefresh } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { LinksInput } from '../../ui/LinksInput.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { useUnsavedWarning } from '../../ui/use-unsaved-warning.ts'
import { changesIn } from '../settings/changes.ts'
import { IdentitiesPanel } from './IdentitiesPanel.tsx'
import { ProviderTest } from './ProviderTest.tsx'
import { RedirectUri } from './RedirectUri.tsx'
import { SecondFactorRulePanel } from './SecondFactorRulePanel.tsx'
import { WithoutSecondFactorPanel } from './WithoutSecondFactorPanel.tsx'

type Settings = api.SingleSignOnSettings
type Values = Omit<Settings, 'version' | 'clientSecretSet' | 'redirectUri'> & { clientSecret: string }
type Form = ReturnType<typeof useForm<Values>>

const valuesOf = ({ version: _version, clientSecretSet: _set, redirectUri: _uri, ...values }: Settings): Values => ({ ...values, clientSecret: '' })

export function SingleSignOnScreen() {
  return (
    <Page title="Sign-in" width="narrow" back={{ to: paths.administration(), title: 'Administration' }}
      about="By password, or with the account that people have at your company's OpenID Connect provider, such as Keycloak, Okta, Google Workspace or Authentik.">
      <Stack>
        <SettingsForm />
        <IdentitiesPanel />
      </Stack>
    </Page>
  )
}

function SettingsForm() {
  const saved = useRead(api.getSettings)
  const form = useForm<Values>({ initialValues: valuesOf(saved) })
  const refresh = useRefresh()
  const save = useAction(api.changeSettings, {
    done: (result) => {
      form.setInitialValues(valuesOf(result))
      form.setValues(valuesOf(result))
      succeeded('Saved.')
      // Not before the form is clean: the next answer may lead to setting up a second factor, away from here.
      void refresh(api.getSettings, api.getButton, api.listWithoutSecondFactor)
    },
  })
  useUnsavedWarning(form.isDirty())
  const submit = form.onSubmit((values) => save.mutate({ body: changesIn(values, valuesOf(saved)) }, { onError: (error) => form.setErrors(atTheirFields(error.byField)) }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <ProviderPanel form={form} saved={saved} />
        <WhoPanel form={form} />
        <Panel title="Passwords">
          <Switch label="Only administrators may sign in by password" {...form.getInputProps('passwordsForAdministratorsOnly', { type: 'checkbox' })}
            description="Everybody else needs the button. Counts only while the button is shown. An administrator who lost his password gets a new one on the server by “tidings user reset-password”: nobody is locked out for good." />
        </Panel>
        <SecondFactorRulePanel rule={form.values.secondFactorFor} onRule={(rule) => form.setFieldValue('secondFactorFor', rule)} />
        {form.values.secondFactorFor !== 'nobody' && <WithoutSecondFactorPanel rule={form.values.secondFactorFor} />}
        <ErrorNote error={save.error} />
      </Stack>
      <SaveBar dirty={form.isDirty()} saving={save.isPending} onDiscard={form.reset} />
    </form>
  )
}

/** The server names the third domain `domains.2`: it stands below the whole input. */
const atTheirFields = (faults: Record<string, string>) => Object.fromEntries(Object.entries(faults).map(([path, message]) => [path.split('.')[0]!, message]))

function ProviderPanel({ form, saved }: { form: Form; saved: Settings }) {
  const sameClient = form.values.issuer === saved.issuer && form.values.clientId === saved.clientId
  return (
    <Panel title="Provider" about="Register Tidings there as a web application with the redirect URI below. You get a client ID and a client secret for it.">
      <Stack>
        <Switch label="Show the button on the sign-in page" {...form.getInputProps('active', { type: 'checkbox' })} description="Switch it on when the test is green." />
        <RedirectUri uri={saved.redirectUri} />
        <TextInput label="Issuer" placeholder="https://login.example/realms/company" type="url" {...form.getInputProps('issuer')}
          description="The address by which the provider names itself, without “/.well-known/openid-configuration”. It must be https; http is only for machines of your own network." />
        <TextInput label="Client ID" {...form.getInputProps('clientId')} autoComplete="off" description="How the provider knows this installation." />
        <PasswordInput label="Client secret" autoComplete="off" {...form.getInputProps('clientSecret')}
          description="Kept sealed and never shown again. Another issuer or client ID needs its own. Empty for a client without one."
          placeholder={saved.clientSecretSet && sameClient ? 'Kept. Enter another one to replace it.' : undefined} />
        <TextInput label="Label of the button" placeholder="single sign-on" {...form.getInputProps('buttonLabel')} description="What people know the provider as: “Sign in with …”." />
        <ProviderTest dirty={form.isDirty()} issuer={saved.issuer} />
      </Stack>
    </Panel>
  )
}

function WhoPanel({ form }: { form: Form }) {
  const { createUsers, roleIds, teamIds } = form.values
  return (
    <Panel title="Who may come in" about="At first somebody is found by his address, if the provider has verified it; from then on by his account there. Inactive users stay outside.">
      <Stack>
        <Radio.Group label="Somebody who is no user yet" value={createUsers ? 'create' : 'refuse'} onChange={(value) => form.setFieldValue('createUsers', value === 'create')}>
          <Stack gap="xs" mt="xs">
            <Radio value="refuse" label="Stays outside" description="An administrator creates users first, with the address that the provider knows." />
            <Radio value="create" label="Becomes a user" description="Everybody whom the provider lets in gets a user of type Regular at his first sign-in." />
          </Stack>
        </Radio.Group>
        {createUsers && <LinksInput label="Roles of new users" kind="Role" find={() => finder('roles')('')} value={roleIds} onValue={(ids) => form.setFieldValue('roleIds', ids)} />}
        {createUsers && <LinksInput label="Teams of new users" kind="Team" find={() => finder('teams')('')} value={teamIds} onValue={(ids) => form.setFieldValue('teamIds', ids)} />}
        <TagsInput label="Only addresses of these domains" placeholder={form.values.domains.length > 0 ? undefined : 'All domains'} {...form.getInputProps('domains')} clearable
          description="Type a domain such as acme.example, then Enter. Also holds for people who came in before." />
      </Stack>
    </Panel>
  )
}
