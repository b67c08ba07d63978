/** Trying again, what to do when nobody knows whether a message left, and connections. */
import { NumberInput, SimpleGrid, Stack, Switch } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import type { OutboundForm } from './outbound-emails-form.ts'

export function ReliabilityPanel({ form }: { form: OutboundForm }) {
  return (
    <Panel title="Trying again, and connections" foldsAs="outbound-reliability">
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberInput label="Keep trying for (hours)" description="When the server says “later”." min={0} max={240} allowDecimal={false} {...form.getInputProps('retryForHours')} />
          <NumberInput label="Wait with an uncertain message (seconds)" description="The connection was lost after the last byte: nobody knows whether it left. After this wait it is sent again." min={0} max={604_800} allowDecimal={false} disabled={form.values.neverTwice} {...form.getInputProps('retryUncertainAfterSeconds')} />
          <NumberInput label="Connections at once" min={1} max={200} allowDecimal={false} {...form.getInputProps('connections')} />
          <NumberInput label="Messages over one connection" description="Empty: as many as the server takes." placeholder="No limit" min={1} allowDecimal={false} {...form.getInputProps('messagesPerConnection')} />
        </SimpleGrid>
        <Switch label="Never send an uncertain message again by itself" description="Rather one person without the message than one with two. You decide each in its mass email." {...form.getInputProps('neverTwice', { type: 'checkbox' })} />
      </Stack>
    </Panel>
  )
}
