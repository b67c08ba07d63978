/** What each run did to a list that is kept in step. */
import { Modal, Text } from '@mantine/core'
import { listSyncRuns, type SyncRun } from '../../../src/list-sync/contract.ts'
import { usePages } from '../../api/client.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { changeWords, occasionWords } from './sync-words.ts'

const columns: Column<SyncRun>[] = [
  { key: 'at', title: 'When', cell: ({ at, times }) => <><TimeAgo at={at} />{times > 1 && ` (${times.toLocaleString()} times)`}</> },
  { key: 'why', title: 'Started', width: 240, cell: occasionWords },
  { key: 'what', title: 'What it did', cell: (run) => <><span className="numbers">{changeWords(run)}</span>{run.error && <Text size="xs" c="dimmed" style={{ whiteSpace: 'normal' }}>{run.error}</Text>}</> },
  { key: 'members', title: 'Members then', align: 'right', cell: ({ outcome, members }) => (outcome === 'done' || outcome === 'held' ? <NumberText value={members} /> : '–') },
  { key: 'runAs', title: 'With the rights of', cell: ({ runAsName }) => runAsName ?? '–' },
]

export function SyncHistory({ listId, onClose }: { listId: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} size="xl" title="Runs of the sync">
      <Boundary><Runs listId={listId} /></Boundary>
    </Modal>
  )
}

function Runs({ listId }: { listId: string }) {
  const runs = usePages(listSyncRuns, { params: { id: listId }, query: { limit: 20 } })
  return <DataTable label="Runs of the sync" {...runs} rows={runs.rows as SyncRun[]} columns={columns} empty={<Empty>It has not run yet.</Empty>} />
}
