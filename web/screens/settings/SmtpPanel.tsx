/** The SMTP server that mail leaves by. Without one the Sandbox captures everything. */
import { Alert, NumberInput, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { Boundary } from '../../ui/Boundary.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ProviderSelect } from './ProviderSelect.tsx'
import { TestSmtp } from './TestSmtp.tsx'
import type { OutboundForm } from './outbound-emails-form.ts'

const securities = [
  { value: 'starttls', label: 'STARTTLS (port 587)' },
  { value: 'tls', label: 'TLS (port 465)' },
  { value: 'none', label: 'None (only on a trusted network)' },
]

export function SmtpPanel({ form }: { form: OutboundForm }) {
  const { host, passwordSet } = form.values.systemSmtp
  return (
    <Panel title="SMTP server" about="The server that carries your mail to the world.">
      <Stack>
        {!host && (
          <Alert icon={<IconFlask aria-hidden />} color="lamp" title="The Sandbox is on">
            Mail is captured here and nothing leaves. Enter a host to send for real; what is scheduled by then is paused, so that nothing goes out by surprise.
          </Alert>
        )}
        <Boundary><ProviderSelect form={form} /></Boundary>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Host" description="Empty: the Sandbox." placeholder="smtp.acme.example" {...form.getInputProps('systemSmtp.host')} value={host ?? ''} />
          <NumberInput label="Port" description="Usually 587." min={1} max={65_535} allowDecimal={false} {...form.getInputProps('systemSmtp.port')} />
          <Select label="Security" data={securities} {...form.getInputProps('systemSmtp.security')} />
          <span />
          <TextInput label="User name" autoComplete="off" {...form.getInputProps('systemSmtp.username')} />
          <PasswordInput label="Password" autoComplete="new-password" placeholder={passwordSet ? 'Kept; type to change it' : ''} description={passwordSet ? 'Asked again when host or user name change.' : undefined} {...form.getInputProps('systemSmtp.password')} />
        </SimpleGrid>
        <Boundary><TestSmtp dirty={form.isDirty()} /></Boundary>
      </Stack>
    </Panel>
  )
}
