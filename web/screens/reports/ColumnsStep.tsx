/** The columns of a list, in their order; without a choice those that are usual. */
import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import type { StepProps } from './BuilderSteps.tsx'
import { fieldOf } from './draft.ts'
import { fieldChoices } from './field-choices.ts'
import { fieldLabel } from './report-words.ts'
import classes from './ReportBuilder.module.css'

export function ColumnsStep({ draft, source, faults, onChange }: StepProps) {
  const own = draft.columns.length > 0
  const shown = own ? draft.columns : source.defaultColumns
  const set = (columns: string[]) => onChange({ columns })
  const move = (index: number, by: -1 | 1) => set(shown.toSpliced(index, 1).toSpliced(index + by, 0, shown[index]!))
  return (
    <Stack gap="xs">
      <Stack gap={0} component="ol" m={0} p={0} style={{ listStyle: 'none' }} aria-label="Columns">
        {shown.map((key, index) => {
          const field = fieldOf(source, key)
          const label = field ? fieldLabel(field) : key
          return (
            <li key={key} className={classes['line']}>
              <Text size="sm" flex={1} miw={0} truncate c={field ? undefined : 'red'}>{field ? label : `${key} (no longer there)`}</Text>
              <ActionIcon size="sm" aria-label={`Move ${label} up`} disabled={index === 0} onClick={() => move(index, -1)}><IconArrowUp size={14} /></ActionIcon>
              <ActionIcon size="sm" aria-label={`Move ${label} down`} disabled={index === shown.length - 1} onClick={() => move(index, 1)}><IconArrowDown size={14} /></ActionIcon>
              <ActionIcon size="sm" aria-label={`Take ${label} out`} disabled={shown.length === 1} onClick={() => set(shown.toSpliced(index, 1))}><IconX size={14} /></ActionIcon>
            </li>
          )
        })}
      </Stack>
      <Select aria-label="Add a column" placeholder="Add a column" searchable value={null} key={shown.length} maxDropdownHeight={320} nothingFoundMessage="No field is called that" error={faults.of('columns')}
        data={fieldChoices(source, () => true, shown)} onChange={(key) => key && set([...shown, key])} />
      {own && <Group><Button size="compact-sm" variant="subtle" onClick={() => set([])}>Back to the usual columns</Button></Group>}
    </Stack>
  )
}
