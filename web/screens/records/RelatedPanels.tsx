/** Below a record: what it is related to, one panel for each relationship that the layout names; found, made and let go here. */
import { Menu } from '@mantine/core'
import { IconEye, IconLinkOff, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import * as api from '../../../src/records/contract.ts'
import { useAction, usePages } from '../../api/client.ts'
import { type EntityType, byName, useEntityTypes } from '../../api/entity-types.ts'
import { useLayout } from '../../api/layouts.ts'
import type { RecordRow } from '../../api/records.ts'
import { useRights, useWhyNot } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { failed, succeeded, undo } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { NewRecordButton } from './NewRecordButton.tsx'
import { SelectRecordsDialog } from './SelectRecordsDialog.tsx'
import { recordColumns } from './columns.tsx'

/** The record and the name of the relationship at its end, as in `/accounts/ID/related/contacts`. */
type Place = { slug: string; id: string; related: string }

export function RelatedPanels({ type, record }: { type: EntityType; record: RecordRow }) {
  const types = useEntityTypes()
  const { some } = useRights()
  const { items, choices } = useLayout(type.name, 'bottomPanels')
  // The layout says which; whoever looks at a panel that is gone meanwhile sees the others.
  return items.map((name) => {
    const choice = choices.find((each) => each.name === name)
    const other = byName(types, choice?.entityType ?? '')
    return other && some(other.name, 'read') && <RelatedPanel key={name} title={choice!.label} other={other} place={{ slug: type.slug, id: record.id, related: name }} />
  })
}

const readAgain = [api.listRelated, api.listRecords, api.readRecord]

function RelatedPanel({ title, other, place }: { title: string; other: EntityType; place: Place }) {
  const [selecting, setSelecting] = useState(false)
  const whyNotEdit = useWhyNot(other.name, 'edit', other.plural.toLowerCase())
  const add = useAction(api.addRelated, {
    refreshes: readAgain, done: ({ added, alreadyThere }) => { setSelecting(false); succeeded(`${counted(added, 'record')} added${alreadyThere > 0 ? `, ${alreadyThere.toLocaleString()} belonged to it already` : ''}.`) },
  })
  return (
    <Panel title={title} flush foldsAs={`related-${place.slug}-${place.related}`} action={(
      <>
        <ReasonButton size="xs" variant="default" reason={whyNotEdit} leftSection={<IconUserPlus size={15} aria-hidden />} onClick={() => setSelecting(true)}>Select</ReasonButton>
        <NewRecordButton type={other} joins={place} />
      </>
    )}>
      <Related other={other} place={place} title={title} />
      {selecting && <SelectRecordsDialog type={other} verb="Add" all={false} busy={add.isPending} error={add.error} onClose={() => setSelecting(false)} onChosen={({ ids }) => add.mutate({ params: place, body: { ids: [...ids] } })} />}
    </Panel>
  )
}

function Related({ other, place, title }: { other: EntityType; place: Place; title: string }) {
  const [q, setQ] = useState('')
  const [sort, setSort] = useState('-createdAt')
  const { items } = useLayout(other.name, 'list')
  const pages = usePages(api.listRelated, { params: place, query: { q, sort, limit: 10 } })
  const none = pages.total === 0 && q === ''
  return (
    <>
      {!none && <FilterRow><SearchField label={`Search ${title.toLowerCase()}`} text={q} onText={setQ} /></FilterRow>}
      <DataTable label={title} {...pages} columns={recordColumns(other, items)} sort={sort} onSort={setSort} linkTo={({ id }) => paths.record(other.slug, id)}
        menu={(record) => <RelatedMenu other={other} place={place} record={record} />}
        empty={<Empty>{none ? 'None yet. Select some, or create one.' : `None matches “${q}”.`}</Empty>} />
    </>
  )
}

function RelatedMenu({ other, place, record }: { other: EntityType; place: Place; record: RecordRow }) {
  const whyNotEdit = useWhyNot(other.name, 'edit', other.plural.toLowerCase())
  const takeBack = useAction(api.addRelated, { refreshes: readAgain })
  const remove = useAction(api.removeRelated, {
    refreshes: readAgain, done: (_, { body }) => undo('It does not belong here any more. The record itself stays.', () => takeBack.mutate({ params: place, body: body as { ids: string[] } }, { onError: failed })),
  })
  return (
    <>
      <Menu.Item leftSection={<IconEye size={16} aria-hidden />} component={Link} to={paths.record(other.slug, record.id)}>View</Menu.Item>
      <Menu.Divider />
      <ReasonMenuItem icon={IconLinkOff} reason={whyNotEdit} onClick={() => remove.mutate({ params: place, body: { ids: [record.id] } }, { onError: failed })}>Remove from here</ReasonMenuItem>
    </>
  )
}
