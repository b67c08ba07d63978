/** How the system account signs in: by user name and password, or by OAuth 2.0 with a refresh token. Secrets are typed, never shown. */
import { Anchor, Button, Group, PasswordInput, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link } from 'react-router'
import { type OutboundAccount, changeOutboundAccount, getOutboundAccount, listOutboundAccounts, listPresets } from '../../../src/outbound/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'

type Values = { auth: 'password' | 'oauth2'; tokenUrl: string; clientId: string; scope: string; clientSecret: string; refreshToken: string }

const valuesOf = ({ oauth2 }: OutboundAccount): Values => ({
  auth: oauth2 ? 'oauth2' : 'password', tokenUrl: oauth2?.tokenUrl ?? '', clientId: oauth2?.clientId ?? '', scope: oauth2?.scope ?? '', clientSecret: '', refreshToken: '',
})

/** A secret is sent only when one was typed. */
function bodyOf({ auth, clientSecret, refreshToken, ...client }: Values) {
  return { oauth2: auth === 'password' ? null : { ...client, ...(clientSecret && { clientSecret }), ...(refreshToken && { refreshToken }) } }
}

/** A fault of `oauth2.tokenUrl` belongs to the field `tokenUrl`. */
const withoutPrefix = (faults: Record<string, string>) => Object.fromEntries(Object.entries(faults).map(([path, message]) => [path.replace(/^oauth2\./, ''), message]))

export function OauthForm({ account }: { account: OutboundAccount }) {
  const form = useForm<Values>({ initialValues: valuesOf(account) })
  const save = useAction(changeOutboundAccount, { refreshes: [getOutboundAccount, listOutboundAccounts], done: () => succeeded('Saved. Test the account now.') })
  const submit = form.onSubmit((values) => save.mutate({ params: { id: account.id }, body: bodyOf(values) }, { onError: (error) => form.setErrors(withoutPrefix(error.byField)) }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <SegmentedControl aria-label="How it signs in" w="fit-content" data={[{ value: 'password', label: 'User name and password' }, { value: 'oauth2', label: 'OAuth 2.0' }]} {...form.getInputProps('auth')} />
        {form.values.auth === 'oauth2'
          ? <ClientFields form={form} account={account} />
          : <Text size="sm">Both are set in <Anchor component={Link} inherit underline="always" to={paths.outboundEmails()}>Outbound Emails</Anchor>.</Text>}
        {save.error && (save.error.errors.length === 0 || save.error.byField['oauth2']) && <ErrorNote error={save.error} />}
        <Group><Button type="submit" disabled={!form.isDirty()} loading={save.isPending} title={form.isDirty() ? undefined : 'Nothing was changed'}>Save sign-in</Button></Group>
      </Stack>
    </form>
  )
}

function ClientFields({ form, account: { oauth2 } }: { form: ReturnType<typeof useForm<Values>>; account: OutboundAccount }) {
  const presets = useRead(listPresets).items.filter((preset) => preset.oauth2)
  const fill = (id: string | null) => {
    const preset = presets.find((each) => each.id === id)
    if (preset?.oauth2) form.setValues(preset.oauth2)
  }
  const kept = (isSet: boolean | undefined) => (isSet ? 'Kept; type to change it' : '')
  return (
    <>
      <Select label="Fill in for" description="Token address and scope of a provider." placeholder="Choose a provider" maw={340} data={presets.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={fill} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        <TextInput label="Token address" type="url" placeholder="https://login.example/token" {...form.getInputProps('tokenUrl')} />
        <TextInput label="Scope" description="As the refresh token was given for." {...form.getInputProps('scope')} />
        <TextInput label="Client ID" autoComplete="off" {...form.getInputProps('clientId')} />
        <PasswordInput label="Client secret" autoComplete="new-password" placeholder={kept(oauth2?.clientSecretSet)} {...form.getInputProps('clientSecret')} />
        <PasswordInput label="Refresh token" autoComplete="new-password" description="Access tokens are made from it by themselves." placeholder={kept(oauth2?.refreshTokenSet)} {...form.getInputProps('refreshToken')} />
      </SimpleGrid>
    </>
  )
}
