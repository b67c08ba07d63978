/** Which groups are kept: conditions on what is computed of each. */
import { Stack, Text } from '@mantine/core'
import { isTime } from '../../../src/listing/field-kinds.ts'
import { FilterBuilder } from '../../ui/FilterBuilder.tsx'
import type { FilterField } from '../../ui/filter.ts'
import type { StepProps } from './BuilderSteps.tsx'
import { fieldOf, keyOf } from './draft.ts'
import { aggregateWords, rowsOf } from './report-words.ts'

export function HavingStep({ draft, source, faults, onChange }: StepProps) {
  const fields = draft.aggregates.filter(({ function: by, field }) => by === 'count' || field !== undefined).map((aggregate): FilterField => {
    const type = aggregate.field === undefined ? undefined : fieldOf(source, aggregate.field)?.type
    return { name: keyOf(aggregate), label: aggregateWords(aggregate, source), type: type && isTime(type) ? type : aggregate.function === 'count' ? 'integer' : 'decimal' }
  })
  const error = faults.of('having')
  return (
    <Stack gap={6}>
      <FilterBuilder fields={fields} filter={draft.having} onFilter={(having) => onChange({ having })} what={['group', 'groups']} />
      {!draft.having && <Text size="sm" c="dimmed">All groups are shown. For example: only where the number of {rowsOf(source)} is more than 10.</Text>}
      {error && <Text size="sm" c="red" role="alert">{error}</Text>}
    </Stack>
  )
}
