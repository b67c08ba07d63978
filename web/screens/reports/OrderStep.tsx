/** The order of rows or groups. */
import { Group, SegmentedControl, Select } from '@mantine/core'
import type { StepProps } from './BuilderSteps.tsx'
import { groupKey, keyOf } from './draft.ts'
import { fieldChoices } from './field-choices.ts'
import { aggregateWords, groupWords } from './report-words.ts'

export function OrderStep({ draft, source, faults, onChange }: StepProps) {
  const isList = draft.kind === 'list'
  const sort = isList ? draft.listSort : draft.gridSort
  const [key, down] = [sort.replace(/^-/, ''), sort.startsWith('-')]
  const set = (name: string | null, descending: boolean) => {
    const text = name ? `${descending ? '-' : ''}${name}` : ''
    onChange(isList ? { listSort: text } : { gridSort: text })
  }
  const data = isList ? fieldChoices(source, ({ sortable }) => sortable) : [
    ...draft.groupBy.map((group) => ({ value: groupKey(group), label: groupWords(group, source) })),
    ...draft.aggregates.filter(({ function: by, field }) => by === 'count' || field !== undefined).map((aggregate) => ({ value: keyOf(aggregate), label: aggregateWords(aggregate, source) })),
  ]
  return (
    <Group gap={6} align="flex-start">
      <Select flex={2} miw={160} aria-label="Order by" placeholder={isList ? 'The usual order' : 'By the groups'} searchable={isList} clearable allowDeselect data={data} value={key || null} error={faults.of('sort')}
        // Of numbers the largest are what one looks for.
        onChange={(name) => set(name, name === key ? down : !isList && draft.aggregates.some((aggregate) => keyOf(aggregate) === name))} />
      {key && <SegmentedControl size="sm" aria-label="Direction" value={down ? 'down' : 'up'} onChange={(direction) => set(key, direction === 'down')} data={[{ value: 'up', label: 'Rising' }, { value: 'down', label: 'Falling' }]} />}
    </Group>
  )
}
