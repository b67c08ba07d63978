/** The SMTP server that mail leaves by. Without one the Sandbox captures everything. */
import { Alert, NumberInput, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { Boundary } from '../../ui/Boundary.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ProviderSelect } from './ProviderSelect.tsx'
import { TestSmtp } from './TestSmtp.tsx'
import type { OutboundForm } from './outbound-emails-form.ts'
import { useSettingFields } from './setting-fields.tsx'
import { choices } from './setting-words.ts'

export function SmtpPanel({ form }: { form: OutboundForm }) {
  const { host, passwordSet } = form.values.systemSmtp
  const { field } = useSettingFields('outboundEmails', form)
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
          <TextInput placeholder="smtp.acme.example" {...field('systemSmtp.host')} value={host ?? ''} />
          <NumberInput min={1} max={65_535} allowDecimal={false} {...field('systemSmtp.port')} />
          <Select data={choices['outboundEmails.systemSmtp.security']!} allowDeselect={false} {...field('systemSmtp.security')} />
          <span />
          <TextInput autoComplete="off" {...field('systemSmtp.username')} />
          <PasswordInput autoComplete="new-password" placeholder={passwordSet ? 'Kept; type to change it' : ''} {...field('systemSmtp.password')} />
        </SimpleGrid>
        <Boundary><TestSmtp dirty={form.isDirty()} /></Boundary>
      </Stack>
    </Panel>
  )
}
