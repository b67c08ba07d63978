/** What a summary groups by: one field or two, dates by a unit. */
import { ActionIcon, Button, Group, Select, Stack } from '@mantine/core'
import { IconArrowsExchange, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { isTime } from '../../../src/listing/field-kinds.ts'
import type { Grouping, ReportSource } from '../../../src/reports/contract.ts'
import type { StepProps } from './BuilderSteps.tsx'
import { fieldOf } from './draft.ts'
import { fieldChoices } from './field-choices.ts'
import { unitWords } from './report-words.ts'

const units = Object.entries(unitWords).map(([value, label]) => ({ value, label }))

export function GroupStep({ draft, source, faults, onChange }: StepProps) {
  const { groupBy } = draft
  const [adding, setAdding] = useState(false)
  const set = (groups: Grouping[]) => { setAdding(false); onChange({ groupBy: groups }) }
  const shown = groupBy.length === 0 || (adding && groupBy.length < 2) ? [...groupBy, undefined] : groupBy
  return (
    <Stack gap="xs">
      {shown.map((group, index) => (
        <GroupLine key={group?.field ?? 'new'} label={index === 0 ? 'Group by' : 'Then by'} group={group} source={source} others={groupBy.filter((other) => other !== group).map(({ field }) => field)} error={index === 0 ? faults.of('groupBy') : undefined}
          onGroup={(changed) => set(changed ? [...groupBy.slice(0, index), changed, ...groupBy.slice(index + 1)] : groupBy.toSpliced(index, 1))} />
      ))}
      <Group gap="xs">
        {groupBy.length === 1 && !adding && <Button size="compact-sm" variant="subtle" onClick={() => setAdding(true)}>Then by …</Button>}
        {groupBy.length === 2 && <Button size="compact-sm" variant="subtle" leftSection={<IconArrowsExchange size={14} aria-hidden />} onClick={() => set(groupBy.toReversed())}>Turn them round</Button>}
      </Group>
    </Stack>
  )
}

type GroupLineProps = { label: string; group: Grouping | undefined; source: ReportSource; others: string[]; error: string | undefined; onGroup: (group: Grouping | undefined) => void }

function GroupLine({ label, group, source, others, error, onGroup }: GroupLineProps) {
  const field = group && fieldOf(source, group.field)
  const choose = (key: string) => {
    const chosen = fieldOf(source, key)
    onGroup({ field: key, unit: chosen && isTime(chosen.type) ? 'month' : undefined })
  }
  const gone = group && !field ? [{ value: group.field, label: `${group.field} (no longer there)` }] : []
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Select flex={2} miw={0} aria-label={label} placeholder="Choose a field" searchable maxDropdownHeight={320} nothingFoundMessage="No field is called that" error={error}
        data={[...fieldChoices(source, ({ groupable }) => groupable, others), ...gone]} value={group?.field ?? null} onChange={(key) => key && choose(key)} />
      {group && (group.unit !== undefined || (field && isTime(field.type))) && (
        <Select flex={1} miw={110} aria-label={`${label}: unit of time`} data={units} value={group.unit ?? 'day'} onChange={(unit) => onGroup({ ...group, unit: unit as Grouping['unit'] })} />
      )}
      {group && <ActionIcon mt={4} aria-label={`Do not group by ${field?.label ?? group.field}`} onClick={() => onGroup(undefined)}><IconX size={16} /></ActionIcon>}
    </Group>
  )
}
