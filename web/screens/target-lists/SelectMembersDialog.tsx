/** A full list of one entity type to choose members from: search, filters, select some or all results. */
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import * as api from '../../../src/audience/contract.ts'
import { listRecords } from '../../../src/records/contract.ts'
import { useAction, usePages } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { useLayout } from '../../api/layouts.ts'
import { followIfTask } from '../../api/task.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import type { Filter } from '../../ui/filter.ts'
import { succeeded } from '../../ui/notice.tsx'
import { type Selection, useSelection } from '../../ui/selection.ts'
import { SelectionBar } from '../../ui/SelectionBar.tsx'
import { counted } from '../../ui/words.ts'
import { RecordFilters } from '../records/RecordFilters.tsx'
import { recordColumns } from '../records/columns.tsx'

type SelectMembersDialogProps = { listId: string; type: EntityType; onClose: () => void }

export function SelectMembersDialog({ listId, type, onClose }: SelectMembersDialogProps) {
  const [filter, setFilter] = useState<Filter>()
  const [text, setText] = useState('')
  const [sort, setSort] = useState('-createdAt')
  const pages = usePages(listRecords, { params: { slug: type.slug }, query: { filter, q: text, sort, limit: 50 } })
  const [selection, setSelection] = useSelection(JSON.stringify([filter, text]))
  const { items } = useLayout(type.name, 'list')
  const add = useAddMembers(onClose)
  return (
    <Modal opened onClose={onClose} size="80rem" title={`Select ${type.plural.toLowerCase()}`} styles={{ body: { padding: 0 } }}>
      <RecordFilters type={type} state={{ filter, setFilter, text, setText }} />
      <ErrorNote error={add.error} />
      <DataTable label={type.plural} {...pages} columns={recordColumns(type, items)} sort={sort} onSort={setSort} selection={selection} onSelection={setSelection}
        empty={<Empty>{filter || text ? `No ${type.plural.toLowerCase()} match.` : `There are no ${type.plural.toLowerCase()} yet. Import some, or create the first one.`}</Empty>} />
      <SelectionBar selection={selection} onSelection={setSelection} total={pages.total} totalIsEstimate={pages.totalIsEstimate}>
        <Button size="compact-sm" loading={add.isPending} onClick={() => add.mutate({ params: { id: listId }, body: bodyOf(type, selection, filter, text) })}>Add to the list</Button>
      </SelectionBar>
    </Modal>
  )
}

function useAddMembers(done: () => void) {
  return useAction(api.addMembers, {
    refreshes: [api.getTargetList, api.listMembers, api.listTargetLists],
    done: (answer) => {
      done()
      if (followIfTask(answer)) return
      const { added, alreadyThere } = answer as { added: number; alreadyThere: number }
      succeeded(`${counted(added, 'member')} added${alreadyThere > 0 ? `, ${alreadyThere.toLocaleString()} were in it already` : ''}.`)
    },
  })
}

/** Without any filter, "all results" are all records of the type. */
const bodyOf = (type: EntityType, selection: Selection, filter: Filter | undefined, q: string): api.Selection =>
  selection.all ? { entityType: type.name, filter: filter ?? { and: [] }, ...(q && { q }) } : { entityType: type.name, ids: [...selection.ids] }
