/** Above a list of records: text search, filter chips, and whatever stands at the right. */
import { Group } from '@mantine/core'
import type { ReactNode } from 'react'
import type { EntityType } from '../../api/entity-types.ts'
import { FilterBuilder } from '../../ui/FilterBuilder.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import type { ListState } from './list-state.ts'
import { useRecordFilter } from './record-filter.ts'
import classes from './RecordFilters.module.css'

type RecordFiltersProps = { type: EntityType; state: Pick<ListState, 'filter' | 'setFilter' | 'text' | 'setText'>; action?: ReactNode }

export function RecordFilters({ type, state, action }: RecordFiltersProps) {
  const choices = useRecordFilter(type)
  return (
    <div className={classes['row']}>
      <FilterBuilder {...choices} filter={state.filter} onFilter={state.setFilter}>
        <SearchField label={`Search ${type.plural.toLowerCase()}`} text={state.text} onText={state.setText} />
      </FilterBuilder>
      {action && <Group gap="xs" visibleFrom="sm">{action}</Group>}
    </div>
  )
}
