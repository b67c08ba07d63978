/** What recipients get and may refuse: opt-out link, tracking, and when repeated soft bounces end mail. */
import { NumberInput, Select, SimpleGrid, Stack, Switch } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import type { OutboundForm } from './outbound-emails-form.ts'
import { useSettingFields } from './setting-fields.tsx'
import { choices } from './setting-words.ts'

export function RecipientsPanel({ form }: { form: OutboundForm }) {
  const { field, labels } = useSettingFields('outboundEmails', form)
  return (
    <Panel title="Recipients">
      <Stack>
        <Switch {...field('disableOptOutLink', 'checkbox')} />
        <Switch {...field('openTracking', 'checkbox')} />
        <Select data={choices['outboundEmails.trackingPermission']!} allowDeselect={false} maw={340} {...field('trackingPermission')} />
        <Switch {...field('honourRemovals', 'checkbox')} />
        <Switch {...labels('suppressAfterSoft')} checked={form.values.suppressAfterSoft !== null}
          onChange={(event) => form.setFieldValue('suppressAfterSoft', event.currentTarget.checked ? { count: 5, days: 30 } : null)} />
        {form.values.suppressAfterSoft && (
          <SimpleGrid cols={{ base: 1, sm: 2 }} maw={420}>
            <NumberInput label="Soft bounces" min={1} allowDecimal={false} {...form.getInputProps('suppressAfterSoft.count')} />
            <NumberInput label="Within days" min={1} allowDecimal={false} {...form.getInputProps('suppressAfterSoft.days')} />
          </SimpleGrid>
        )}
      </Stack>
    </Panel>
  )
}
