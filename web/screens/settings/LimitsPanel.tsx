/** How many mass emails leave in an hour, how they spread, and in which window of the week. */
import { Chip, Group, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import type { OutboundForm } from './outbound-emails-form.ts'
import { groupSeparator } from './number-format.ts'
import { useSettingFields } from './setting-fields.tsx'
import { choices, dayName } from './setting-words.ts'
import { ownTimeZone, timeZones } from './time-zones.ts'

export function LimitsPanel({ form }: { form: OutboundForm }) {
  const { field, labels } = useSettingFields('outboundEmails', form)
  const { label, description, wrapperProps, ...shown } = labels('spread')
  return (
    <Panel title="How much, and when">
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberInput placeholder="No limit" min={1} allowDecimal={false} thousandSeparator={groupSeparator} {...field('maxPerHour')} value={form.values.maxPerHour ?? ''} />
          <NumberInput placeholder="All" min={1} allowDecimal={false} thousandSeparator={groupSeparator} {...field('batchSize')} value={form.values.batchSize ?? ''} />
        </SimpleGrid>
        <div {...wrapperProps}>
          <Text size="sm" fw={600} id="spread">{label}</Text>
          <Text size="xs" c="dimmed" mb={4}>{description}</Text>
          <SegmentedControl {...shown} aria-labelledby="spread" {...form.getInputProps('spread')} data={choices['outboundEmails.spread']!} />
        </div>
        <Switch {...labels('window')} checked={form.values.window !== null}
          onChange={(event) => form.setFieldValue('window', event.currentTarget.checked ? workingWeek() : null)} />
        {form.values.window && <WindowFields form={form} />}
      </Stack>
    </Panel>
  )
}

const workingWeek = () => ({ timeZone: ownTimeZone(), days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' })

function WindowFields({ form }: { form: OutboundForm }) {
  const days = form.values.window!.days
  return (
    <Stack gap="sm" pl="md" style={{ borderLeft: '2px solid var(--tidings-line)' }}>
      <Chip.Group multiple value={days.map(String)} onChange={(chosen) => form.setFieldValue('window.days', chosen.map(Number).toSorted())}>
        <Group gap={6} role="group" aria-label="Days">{[1, 2, 3, 4, 5, 6, 7].map((day) => <Chip key={day} size="sm" value={String(day)}>{dayName(day)}</Chip>)}</Group>
      </Chip.Group>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput type="time" label="From" {...form.getInputProps('window.from')} />
        <TextInput type="time" label="To" {...form.getInputProps('window.to')} />
        <Select label="Time zone" searchable data={timeZones()} {...form.getInputProps('window.timeZone')} />
      </SimpleGrid>
    </Stack>
  )
}
