/** Trying again, what to do when nobody knows whether a message left, and connections. */
import { NumberInput, SimpleGrid, Stack, Switch } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import type { OutboundForm } from './outbound-emails-form.ts'
import { useSettingFields } from './setting-fields.tsx'

export function ReliabilityPanel({ form }: { form: OutboundForm }) {
  const { field } = useSettingFields('outboundEmails', form)
  return (
    <Panel title="Trying again, and connections">
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberInput min={0} max={240} allowDecimal={false} {...field('retryForHours')} />
          <NumberInput min={0} max={604_800} allowDecimal={false} disabled={form.values.neverTwice} {...field('retryUncertainAfterSeconds')} />
          <NumberInput min={1} max={200} allowDecimal={false} {...field('connections')} />
          <NumberInput placeholder="No limit" min={1} allowDecimal={false} {...field('messagesPerConnection')} value={form.values.messagesPerConnection ?? ''} />
        </SimpleGrid>
        <Switch {...field('neverTwice', 'checkbox')} />
      </Stack>
    </Panel>
  )
}
