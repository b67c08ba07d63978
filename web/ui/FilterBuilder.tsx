/** A row of filter chips with a builder. Each chip is one condition, or several joined by "or"; chips are joined by "and". */
import { Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { FilterChip } from './FilterChip.tsx'
import { type Chip, type Filter, type FilterField, chipsOf, filterOf } from './filter.ts'

export type ValueChoices = {
  /** Possible values of a link or target list by what somebody types. */
  find?: (field: FilterField, text: string) => Promise<{ value: string; label: string }[]>
  /** The name of a value that only its id is known of (a shared address). */
  nameOf?: (field: FilterField, value: string) => Promise<string>
}

type FilterBuilderProps = ValueChoices & {
  fields: FilterField[]
  filter: Filter | undefined
  onFilter: (filter: Filter | undefined) => void
  /** How many a filter would find, asked while it is being built. */
  count?: (filter: Filter | undefined) => Promise<{ total: number; totalIsEstimate: boolean }>
  children?: ReactNode
}

export function FilterBuilder({ fields, filter, onFilter, count, children, ...choices }: FilterBuilderProps) {
  const chips = chipsOf(filter)
  const put = (index: number, chip: Chip | undefined) => onFilter(filterOf(replaced(chips, index, chip)))
  return (
    <Group gap={8} role="group" aria-label="Filters">
      {children}
      {[...chips, undefined].map((chip, index) => (
        <FilterChip key={`${index}-${chips.length}`} fields={fields} chip={chip} onChip={(changed) => put(index, changed)}
          count={count && ((changed) => count(filterOf(replaced(chips, index, changed))))} {...choices} />
      ))}
    </Group>
  )
}

const replaced = (chips: Chip[], index: number, chip: Chip | undefined): Chip[] =>
  [...chips.slice(0, index), ...(chip ? [chip] : []), ...chips.slice(index + 1)]
