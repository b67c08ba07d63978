/** What recipients get and may refuse: opt-out link, tracking, and when repeated soft bounces end mail. */
import { NumberInput, Select, SimpleGrid, Stack, Switch } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import type { OutboundForm } from './outbound-emails-form.ts'

const permissions = [
  { value: 'everybody', label: 'Everybody' },
  { value: 'notRefused', label: 'Everybody who did not refuse' },
  { value: 'onlyGranted', label: 'Only people who agreed' },
]

export function RecipientsPanel({ form }: { form: OutboundForm }) {
  return (
    <Panel title="Recipients">
      <Stack>
        <Switch label="Do not add an opt-out link" description="Otherwise one is added to every message whose template has none. Leave this off unless your templates see to it." {...form.getInputProps('disableOptOutLink', { type: 'checkbox' })} />
        <Switch label="Track opens" description="Adds an invisible picture. Many readers' programs load it unseen, so figures are rough." {...form.getInputProps('openTracking', { type: 'checkbox' })} />
        <Select label="Whose opens and clicks are recorded" data={permissions} maw={340} {...form.getInputProps('trackingPermission')} />
        <Switch label="Respect removals while sending" description="Whoever leaves a target list while a mass email is under way is skipped." {...form.getInputProps('honourRemovals', { type: 'checkbox' })} />
        <Switch label="Stop after repeated soft bounces" description="A full mailbox passes; one that is always full is dead." checked={form.values.suppressAfterSoft !== null}
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
