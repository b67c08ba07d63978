/** A full list of one entity type to choose from: search, filters, select some or (where it may) all results. */
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { listRecords } from '../../../src/records/contract.ts'
import { usePages } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { useLayout } from '../../api/layouts.ts'
import type { ApiError } from '../../api/problem.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import type { Filter } from '../../ui/filter.ts'
import { type Selection, useSelection } from '../../ui/selection.ts'
import { SelectionBar } from '../../ui/SelectionBar.tsx'
import { RecordFilters } from './RecordFilters.tsx'
import { ViewSelect } from './ViewSelect.tsx'
import { recordColumns } from './columns.tsx'

type SelectRecordsDialogProps = {
  type: EntityType
  /** What pressing it does: "Add to the list". */
  verb: string
  /** All results may be chosen, also those nobody has scrolled to. */
  all: boolean
  busy: boolean
  error: ApiError | null
  onChosen: (selection: Selection, query: { filter: Filter | undefined; q: string }) => void
  onClose: () => void
}

export function SelectRecordsDialog({ type, verb, all, busy, error, onChosen, onClose }: SelectRecordsDialogProps) {
  const [filter, setFilter] = useState<Filter>()
  const [text, setText] = useState('')
  const [sort, setSort] = useState('-createdAt')
  const pages = usePages(listRecords, { params: { slug: type.slug }, query: { filter, q: text, sort, limit: 50 } })
  const [selection, setSelection] = useSelection(JSON.stringify([filter, text]))
  const [editing, setEditing] = useState(false)
  const { items } = useLayout(type.name, 'list')
  return (
    <Modal opened onClose={onClose} closeOnEscape={!editing} size="80rem" title={`Select ${type.plural.toLowerCase()}`} styles={{ body: { padding: 0 } }}>
      <RecordFilters type={type} state={{ filter, setFilter, text, setText }} onEditing={setEditing}
        views={<ViewSelect type={type} onView={(view) => { setFilter((view.filter as Filter | null) ?? undefined); setText(view.q) }} />} />
      <ErrorNote error={error} />
      <DataTable label={type.plural} {...pages} columns={recordColumns(type, items)} sort={sort} onSort={setSort} selection={selection} onSelection={setSelection}
        empty={<Empty>{filter || text ? `No ${type.plural.toLowerCase()} match.` : `There are no ${type.plural.toLowerCase()} yet. Import some, or create the first one.`}</Empty>} />
      <SelectionBar selection={selection} onSelection={setSelection} total={all ? pages.total : selection.ids.size} totalIsEstimate={pages.totalIsEstimate}>
        <Button size="compact-sm" loading={busy} onClick={() => onChosen(selection, { filter, q: text })}>{verb}</Button>
      </SelectionBar>
    </Modal>
  )
}
