/** Which ones the report is about: the filter, with how many it finds. */
import { Stack, Text } from '@mantine/core'
import { countRows } from '../../api/reports.ts'
import { FilterBuilder } from '../../ui/FilterBuilder.tsx'
import type { StepProps } from './BuilderSteps.tsx'
import { takenApart } from './questions.ts'
import { WithFilter } from './with-filter.tsx'
import { rowOf, rowsOf } from './report-words.ts'

export function FilterStep({ draft, source, faults, onChange }: StepProps) {
  const plural = rowsOf(source)
  const error = faults.of('filter') ?? faults.of('questions')
  const asked = takenApart(draft.filter).questions.length
  return (
    <Stack gap={6}>
      <WithFilter source={source}>
        {(parts) => (
          <FilterBuilder {...parts} asks filter={draft.filter} onFilter={(filter) => onChange({ filter })} what={[rowOf(source), plural]}
            count={(filter) => countRows({ entityType: source.name, ...takenApart(filter) })} />
        )}
      </WithFilter>
      {!draft.filter && <Text size="sm" c="dimmed">All {plural} that whoever looks may see.</Text>}
      {asked > 0 && <Text size="sm" c="dimmed">{asked === 1 ? 'One value is' : `${asked} values are`} asked for when the report is run.</Text>}
      {error && <Text size="sm" c="red" role="alert">{error}</Text>}
    </Stack>
  )
}
