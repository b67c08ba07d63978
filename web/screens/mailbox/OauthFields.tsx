/** The client by which a group email account gets access tokens. Secrets are typed, never shown. */
import { PasswordInput, Select, SimpleGrid, TextInput } from '@mantine/core'
import { listPresets } from '../../../src/outbound/contract.ts'
import { useRead } from '../../api/client.ts'
import type { AccountForm } from './account-form.ts'

export function OauthFields({ form }: { form: AccountForm }) {
  const presets = useRead(listPresets).items.filter(({ oauth2 }) => oauth2)
  const { clientSecretSet, refreshTokenSet } = form.values.oauth2
  const fill = (id: string | null) => {
    const client = presets.find((preset) => preset.id === id)?.oauth2
    if (client) form.setFieldValue('oauth2', { ...form.values.oauth2, ...client })
  }
  const kept = (isSet: boolean) => (isSet ? 'Kept; type to change it' : '')
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
      <Select label="Fill in for" description="Token address and scope of a provider." placeholder="Choose a provider" data={presets.map(({ id, name }) => ({ value: id, label: name }))} onChange={fill} />
      <span />
      <TextInput label="Token address" type="url" placeholder="https://login.example/token" {...form.getInputProps('oauth2.tokenUrl')} />
      <TextInput label="Scope" description="Has to cover IMAP." {...form.getInputProps('oauth2.scope')} />
      <TextInput label="Client ID" autoComplete="off" {...form.getInputProps('oauth2.clientId')} />
      <PasswordInput label="Client secret" autoComplete="new-password" placeholder={kept(clientSecretSet)} {...form.getInputProps('oauth2.clientSecret')} />
      <PasswordInput label="Refresh token" autoComplete="new-password" placeholder={kept(refreshTokenSet)} {...form.getInputProps('oauth2.refreshToken')} />
    </SimpleGrid>
  )
}
