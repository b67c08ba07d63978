/** Host, port, security and sign-in of one of the two servers of a group email account. */
import { NumberInput, PasswordInput, Select, SimpleGrid, TextInput } from '@mantine/core'
import type { AccountForm } from './account-form.ts'

const securities = {
  imap: [{ value: 'tls', label: 'TLS (port 993)' }, { value: 'starttls', label: 'STARTTLS (port 143)' }, { value: 'none', label: 'None (only on a trusted network)' }],
  smtp: [{ value: 'starttls', label: 'STARTTLS (port 587)' }, { value: 'tls', label: 'TLS (port 465)' }, { value: 'none', label: 'None (only on a trusted network)' }],
}
const signIns = [{ value: 'password', label: 'User name and password' }, { value: 'oauth2', label: 'OAuth 2.0' }]

export function ServerFields({ form, side }: { form: AccountForm; side: 'imap' | 'smtp' }) {
  const { passwordSet, auth } = form.values[side]
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput label="Host" placeholder={`${side}.acme.example`} {...form.getInputProps(`${side}.host`)} />
      <NumberInput label="Port" min={1} max={65_535} allowDecimal={false} {...form.getInputProps(`${side}.port`)} />
      <Select label="Security" allowDeselect={false} data={securities[side]} {...form.getInputProps(`${side}.security`)} />
      <Select label="Signs in by" allowDeselect={false} data={signIns} {...form.getInputProps(`${side}.auth`)} />
      <TextInput label="User name" autoComplete="off" {...form.getInputProps(`${side}.username`)} />
      {auth === 'password' && <PasswordInput label="Password" autoComplete="new-password" placeholder={passwordSet ? 'Kept; type to change it' : ''}
        description={passwordSet ? 'Asked again when host or user name change.' : undefined} {...form.getInputProps(`${side}.password`)} />}
    </SimpleGrid>
  )
}
