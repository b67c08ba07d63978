/** The bin: deleted records of the last 30 days, one by one, and what was done to many at once and can be undone. */
import { Button, Text } from '@mantine/core'
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react'
import * as api from '../../../src/undo/contract.ts'
import { usePages } from '../../api/client.ts'
import { type EntityType, useEntityTypes } from '../../api/entity-types.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { UrlTabs } from '../../ui/UrlTabs.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { inWords } from '../../ui/words.ts'
import { useTakeBack } from './take-back.tsx'

export function BinScreen() {
  return (
    <Page title="Bin" about="Deleted records stay here for 30 days and come back as they were, with their target lists. You see your own; an administrator sees everybody's.">
      <UrlTabs tabs={[
        { key: 'records', title: 'Deleted records', content: <DeletedRecords /> },
        { key: 'actions', title: 'Actions', content: <Actions /> },
      ]} />
    </Page>
  )
}

function DeletedRecords() {
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', '-deletedAt')
  const pages = usePages(api.listBin, { query: { q: text, sort } })
  const { restoreRecord, undoAction, busy } = useTakeBack()
  const columns: Column<api.BinRecord>[] = [
    { key: 'name', title: 'Record', cell: ({ name, emailAddress }) => <b>{name || displayAddress(emailAddress) || 'No name'}</b>, sort: 'name', width: 260 },
    { key: 'entityType', title: 'Type', cell: ({ entityType }) => inWords(entityType), sort: 'entityType' },
    { key: 'emailAddress', title: 'Email', cell: ({ emailAddress }) => displayAddress(emailAddress) || '–', sort: 'emailAddress', width: 260 },
    { key: 'deletedAt', title: 'Deleted', cell: ({ deletedAt, action }) => <>{gone[action]} <TimeAgo at={deletedAt} /></>, sort: 'deletedAt' },
    { key: 'by', title: 'By', cell: ({ deletedByName }) => deletedByName ?? '–' },
    {
      key: 'restore', title: '', align: 'right', cell: ({ id, name, action, actionId, problem }) => (
        <>
          {problem && <Text size="xs" c="var(--tidings-bad)">{problem}</Text>}
          {action === 'merge'
            ? <Restore label={`Undo the merge of ${name}`} busy={busy} onClick={() => undoAction(actionId)}>Undo merge</Restore>
            : <Restore label={`Restore ${name}`} busy={busy} onClick={() => restoreRecord(id)}>Restore</Restore>}
        </>
      ),
    },
  ]
  return (
    <Panel title="Deleted records" flush hideTitle>
      <FilterRow><SearchField label="Search the bin" text={text} onText={setText} /></FilterRow>
      <DataTable label="Deleted records" {...pages} columns={columns} keys sort={sort} onSort={setSort}
        empty={text
          ? <Empty icon={IconTrash}>No deleted record fits this search.</Empty>
          : <Empty icon={IconTrash} title="The bin is empty">What you delete comes here first, so that a mistake can be mended.</Empty>} />
    </Panel>
  )
}

const gone: Record<string, string> = { delete: '', merge: 'Merged', revertImport: 'With its import' }

type RestoreProps = { label: string; busy: boolean; onClick: () => void; children: string }

const Restore = ({ label, busy, onClick, children }: RestoreProps) =>
  <Button size="compact-sm" variant="default" aria-label={label} disabled={busy} leftSection={<IconArrowBackUp size={14} aria-hidden />} onClick={onClick}>{children}</Button>

function Actions() {
  const pages = usePages(api.listActions)
  const types = useEntityTypes()
  const { undoAction, busy } = useTakeBack()
  const columns: Column<api.UndoableAction>[] = [
    { key: 'what', title: 'What', cell: (action) => <b>{actionWords(action, types.find(({ name }) => name === action.entityType))}</b>, width: 460 },
    { key: 'at', title: 'When', cell: ({ at }) => <TimeAgo at={at} />, sort: 'at' },
    { key: 'by', title: 'By', cell: ({ byName }) => byName ?? '–' },
    {
      key: 'undo', title: '', align: 'right', cell: (action) => (action.undoneAt
        ? <Text size="sm" c="dimmed">Undone <TimeAgo at={action.undoneAt} /></Text>
        : action.left === 0
          ? <Text size="sm" c="dimmed">All restored</Text>
          : <Restore label={`Undo: ${actionWords(action, undefined)}`} busy={busy} onClick={() => undoAction(action.id)}>Undo</Restore>),
    },
  ]
  return (
    <Panel title="Actions" flush hideTitle>
      <DataTable label="Actions" {...pages} columns={columns} empty={<Empty icon={IconArrowBackUp} title="Nothing to undo">Deletions, changes of many records and merges of the last 30 days are listed here.</Empty>} />
    </Panel>
  )
}

/** `12 contacts deleted`, `300 leads: Status changed`. */
function actionWords({ kind, records, entityType, fields }: api.UndoableAction, type: EntityType | undefined): string {
  const what = `${records.toLocaleString()} ${(records === 1 ? (type?.name ?? entityType) : (type?.plural ?? `${entityType}s`)).toLowerCase()}`
  if (kind !== 'update') return `${what} ${kind === 'merge' ? 'merged into another' : kind === 'revertImport' ? 'deleted with their import' : 'deleted'}`
  return `${what}: ${fields.map((key) => type?.fields.find((field) => field.name === key)?.label ?? inWords(key)).join(', ')} changed`
}
