/** How many mass emails leave in an hour, how they spread, and in which window of the week. */
import { Chip, Group, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import type { OutboundForm } from './outbound-emails-form.ts'
import { groupSeparator } from './number-format.ts'
import { ownTimeZone, timeZones } from './time-zones.ts'

export function LimitsPanel({ form }: { form: OutboundForm }) {
  return (
    <Panel title="How much, and when">
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberInput label="Most mass emails in an hour" description="Over any 60 minutes, counted together. Empty: no limit." placeholder="No limit" min={1} allowDecimal={false} thousandSeparator={groupSeparator} key={form.key('maxPerHour')} {...form.getInputProps('maxPerHour')} />
          <NumberInput label="Most of one mass email per run" description="How many one run of Send Mass Emails lets go. Empty: all." placeholder="All" min={1} allowDecimal={false} thousandSeparator={groupSeparator} key={form.key('batchSize')} {...form.getInputProps('batchSize')} />
        </SimpleGrid>
        <div>
          <Text size="sm" fw={600} mb={4} id="spread">Within the hour</Text>
          <SegmentedControl aria-labelledby="spread" {...form.getInputProps('spread')}
            data={[{ value: 'atOnce', label: 'As fast as the server takes them' }, { value: 'evenly', label: 'Spread evenly' }]} />
        </div>
        <Switch label="Only in a window of the week" description="Outside it, mass emails wait." checked={form.values.window !== null}
          onChange={(event) => form.setFieldValue('window', event.currentTarget.checked ? workingWeek() : null)} />
        {form.values.window && <WindowFields form={form} />}
      </Stack>
    </Panel>
  )
}

const workingWeek = () => ({ timeZone: ownTimeZone(), days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' })

/** ISO weekdays: Monday is 1. The first of January 2024 was a Monday. */
const dayName = (day: number) => new Date(2024, 0, day).toLocaleDateString(undefined, { weekday: 'short' })

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
