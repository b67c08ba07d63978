/** From whom mail comes when a mass email does not say, and where what cannot be delivered returns to. */
import { SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import type { OutboundForm } from './outbound-emails-form.ts'
import { useSettingFields } from './setting-fields.tsx'

export function SenderPanel({ form }: { form: OutboundForm }) {
  const { field } = useSettingFields('outboundEmails', form)
  return (
    <Panel title="Sender">
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput type="email" placeholder="news@acme.example" {...field('fromAddress')} />
          <TextInput placeholder="Acme" {...field('fromName')} />
          <TextInput type="email" {...field('bounceAddress')} />
          <TextInput placeholder="bounces.acme.example" {...field('bounceDomain')} />
        </SimpleGrid>
        <Switch {...field('verp', 'checkbox')} />
      </Stack>
    </Panel>
  )
}
