/** Above a list of records: saved views, text search, filter chips, and whatever stands at the right. */
import type { ReactNode } from 'react'
import type { EntityType } from '../../api/entity-types.ts'
import { FilterBuilder } from '../../ui/FilterBuilder.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { ViewProblems } from './ViewProblems.tsx'
import type { ListState } from './list-state.ts'
import { useRecordFilter } from './record-filter.ts'

type RecordFiltersProps = {
  type: EntityType
  state: Pick<ListState, 'filter' | 'setFilter' | 'text' | 'setText'> & Partial<Pick<ListState, 'view'>>
  views?: ReactNode
  action?: ReactNode
  /** On a phone only. */
  narrow?: ReactNode
  onEditing?: (editing: boolean) => void
}

export function RecordFilters({ type, state, views, action, narrow, onEditing }: RecordFiltersProps) {
  const choices = useRecordFilter(type, state.text)
  return (
    <>
      <FilterRow action={action}>
        <FilterBuilder {...choices} what={[type.name.toLowerCase(), type.plural.toLowerCase()]} filter={state.filter} onFilter={state.setFilter} {...(onEditing && { onEditing })}>
          {views}
          <SearchField label={`Search ${type.plural.toLowerCase()}`} text={state.text} onText={state.setText} />
        </FilterBuilder>
        {narrow}
      </FilterRow>
      {state.view && <ViewProblems view={state.view} fields={choices.fields} filter={state.filter} onFilter={state.setFilter} />}
    </>
  )
}
