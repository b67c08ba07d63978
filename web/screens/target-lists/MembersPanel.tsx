/** The members of one entity type: who they are, whether they can be mailed, and what can be done with each. */
import { Anchor, Badge, Button, Group, Select, Text } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import * as api from '../../../src/audience/contract.ts'
import { usePages } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { type Selection, useSelection } from '../../ui/selection.ts'
import { SelectionBar } from '../../ui/SelectionBar.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { inWords } from '../../ui/words.ts'
import { NewRecordButton } from '../records/NewRecordButton.tsx'
import { MemberMenu } from './MemberMenu.tsx'
import { RemoveMembersButton } from './RemoveMembersButton.tsx'
import { SelectMembersDialog } from './SelectMembersDialog.tsx'
import { memberStateColors, memberStateWords, memberStates } from './member-states.ts'

const columns: Column<api.Member>[] = [
  { key: 'name', title: 'Name', sort: 'name', width: 200, cell: ({ name, emailAddress }) => name || emailAddress || 'No name' },
  { key: 'emailAddress', title: 'Address', sort: 'emailAddress', width: 240, cell: ({ emailAddress }) => displayAddress(emailAddress) || '–' },
  { key: 'state', title: 'State', cell: ({ state }) => <Badge color={memberStateColors[state]} miw="max-content">{memberStateWords[state]}</Badge> },
  { key: 'source', title: 'Added', sort: 'addedAt', width: 165, cell: ({ source, addedAt }) => <>{inWords(source)}, <TimeAgo at={addedAt} /></> },
]
const sources = ['manual', 'import', 'form', 'api', 'report', 'log'].map((source) => ({ value: source, label: inWords(source) }))
const states = memberStates.map((state) => ({ value: state, label: memberStateWords[state] }))

export function MembersPanel({ listId, type }: { listId: string; type: EntityType }) {
  const [selecting, setSelecting] = useState(false)
  return (
    <Panel title={type.plural} flush foldsAs={`members-${type.slug}`} action={(
      <>
        <Button size="xs" variant="default" leftSection={<IconUserPlus size={15} aria-hidden />} onClick={() => setSelecting(true)}>Select</Button>
        <NewRecordButton type={type} joins={{ targetListId: listId }} />
      </>
    )}>
      <Members listId={listId} type={type} onSelect={() => setSelecting(true)} />
      {selecting && <SelectMembersDialog listId={listId} type={type} onClose={() => setSelecting(false)} />}
    </Panel>
  )
}

function Members({ listId, type, onSelect }: { listId: string; type: EntityType; onSelect: () => void }) {
  const [state, setState] = useUrlText('state')
  const [source, setSource] = useUrlText('source')
  const [q, setQ] = useState('')
  const [sort, setSort] = useState('-addedAt')
  const chosen = Object.entries({ state, source }).filter(([, value]) => value !== '').map(([field, value]) => ({ field, op: 'equals', value }))
  const members = usePages(api.listMembers, { params: { id: listId }, query: { entityType: type.name, filter: chosen.length > 0 ? { and: chosen } : undefined, q, sort, limit: 20 } })
  const [selection, setSelection] = useSelection(`${state} ${source} ${q}`)
  const narrowed = chosen.length > 0 || q !== ''
  if (members.total === 0 && !narrowed && !members.loading && !members.error) {
    return <Text size="sm" c="dimmed" px={18} pb="md">No {type.plural.toLowerCase()} in this list yet. <Anchor component="button" type="button" size="sm" onClick={onSelect}>Select some</Anchor></Text>
  }
  return (
    <>
      <Group gap="xs" px={18} pb="sm">
        <SearchField label={`Search ${type.plural.toLowerCase()}`} text={q} onText={setQ} />
        <Select size="sm" w={190} clearable aria-label="State" placeholder="Any state" data={states} value={state || null} onChange={(value) => setState(value ?? '')} />
        <Select size="sm" w={150} clearable aria-label="How they came" placeholder="Any source" data={sources} value={source || null} onChange={(value) => setSource(value ?? '')} />
      </Group>
      <DataTable label={type.plural} {...members} rows={members.rows as api.Member[]} columns={columns} sort={sort} onSort={setSort}
        selection={selection} onSelection={setSelection} linkTo={({ id }) => paths.record(type.slug, id)}
        menu={(member) => <MemberMenu listId={listId} type={type} member={member} />}
        empty={<Empty>No {type.plural.toLowerCase()} match.</Empty>} />
      {/* State and source are no fields of the records, so "all results" of one cannot be told to the server: then only rows in sight. */}
      <SelectionBar selection={selection} onSelection={setSelection} total={chosen.length > 0 ? members.rows.length : members.total} totalIsEstimate={members.totalIsEstimate}>
        <RemoveMembersButton listId={listId} body={bodyOf(type, listId, selection, q)} total={members.total} selection={selection} onSelection={setSelection} />
      </SelectionBar>
    </>
  )
}

/** "All results" is told by a filter, so it also means members nobody has scrolled to. */
const bodyOf = (type: EntityType, listId: string, selection: Selection, q: string): api.Selection =>
  selection.all
    ? { entityType: type.name, filter: { op: 'memberOf', value: [listId] }, ...(q && { q }) }
    : { entityType: type.name, ids: [...selection.ids] }
