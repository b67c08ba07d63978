/** What is computed: the number of rows, and sums, averages, the lowest and highest of fields. */
import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { Aggregate, ReportSource } from '../../../src/reports/contract.ts'
import { keyOf } from './draft.ts'
import { fieldChoices } from './field-choices.ts'
import { functionWords, rowsOf } from './report-words.ts'

type ValuesStepProps = {
  label: string
  values: Aggregate[]
  onValues: (values: Aggregate[]) => void
  source: ReportSource
  error: string | undefined
  /** The number of rows is shown anyway. */
  counted?: boolean
}

export function ValuesStep({ label, values, onValues, source, error, counted = false }: ValuesStepProps) {
  const plural = rowsOf(source)
  const canCompute = source.fields.some(({ ranged }) => ranged)
  const functions = Object.entries(functionWords).filter(([by]) => by !== 'count' || !counted).map(([value, words]) => ({ value, label: value === 'count' ? `Number of ${plural}` : words, disabled: value !== 'count' && !canCompute }))
  const put = (index: number, value: Aggregate) => onValues(values.with(index, value))
  const taken = values.map(keyOf)
  const next: Aggregate = !counted && !taken.includes('count') ? { function: 'count', field: undefined } : { function: 'sum', field: undefined }
  return (
    <Stack gap="xs">
      {counted && values.length === 0 && <Text size="sm" c="dimmed">The number of {plural} is shown anyway.</Text>}
      {values.map((value, index) => (
        <Group key={index} gap={6} wrap="nowrap">
          <Select flex={1} miw={0} aria-label={`${label}: what to compute`} data={functions} value={value.function} onChange={(by) => put(index, withFunction(value, by as Aggregate['function'], source))} />
          {value.function !== 'count' && (
            <Select flex={1} miw={0} aria-label={`${label}: of which field`} placeholder="Choose a field" searchable maxDropdownHeight={320} data={fieldChoices(source, fits(value.function))} value={value.field ?? null} onChange={(field) => field && put(index, { ...value, field })} />
          )}
          {(values.length > 1 || counted) && <ActionIcon aria-label={`Do not show value ${index + 1}`} onClick={() => onValues(values.toSpliced(index, 1))}><IconX size={16} /></ActionIcon>}
        </Group>
      ))}
      {error && <Text size="sm" c="red" role="alert">{error}</Text>}
      {canCompute
        ? values.length < 20 && <Group><Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onValues([...values, next])}>{counted ? 'Add a total' : 'Show more'}</Button></Group>
        : counted && <Text size="sm" c="dimmed">{source.plural} have no field that could be added up.</Text>}
    </Stack>
  )
}

/** Sums and averages are of numbers; the lowest and highest of dates, too. */
const fits = (by: Aggregate['function']) => ({ summable, ranged }: ReportSource['fields'][number]) => (by === 'min' || by === 'max' ? ranged : summable)

function withFunction({ field }: Aggregate, by: Aggregate['function'], source: ReportSource): Aggregate {
  if (by === 'count') return { function: by, field: undefined }
  const known = source.fields.find(({ key }) => key === field)
  return { function: by, field: known && fits(by)(known) ? field : undefined }
}
