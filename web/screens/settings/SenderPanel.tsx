/** From whom mail comes when a mass email does not say, and where what cannot be delivered returns to. */
import { SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import type { OutboundForm } from './outbound-emails-form.ts'

export function SenderPanel({ form }: { form: OutboundForm }) {
  return (
    <Panel title="Sender">
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="From address" description="Used when a mass email names none." type="email" placeholder="news@acme.example" {...form.getInputProps('fromAddress')} />
          <TextInput label="From name" description="What readers see as the sender." placeholder="Acme" {...form.getInputProps('fromName')} />
          <TextInput label="Bounce address" description="Where mail that cannot be delivered returns to. Empty: the From address." type="email" {...form.getInputProps('bounceAddress')} />
          <TextInput label="Bounce domain" description="For return addresses of their own. Its mail must reach a mailbox that Tidings reads." placeholder="bounces.acme.example" {...form.getInputProps('bounceDomain')} />
        </SimpleGrid>
        <Switch label="A return address for each message (VERP)" description="A bounce then names its message by itself. Needs the bounce domain or an address that takes +suffixes." {...form.getInputProps('verp', { type: 'checkbox' })} />
      </Stack>
    </Panel>
  )
}
