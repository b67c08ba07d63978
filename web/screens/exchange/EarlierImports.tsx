/** The imports there were, newest first. */
import * as api from '../../../src/exchange/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'

const columns: Column<api.Import>[] = [
  { key: 'fileName', title: 'File', cell: ({ fileName }) => fileName || 'Unnamed file', width: 220 },
  { key: 'status', title: 'Status', cell: ({ status, dryRun }) => <StatusBadge status={status} size="sm">{dryRun ? 'Dry run' : undefined}</StatusBadge> },
  { key: 'created', title: 'Created', align: 'right', cell: ({ created }) => <NumberText value={created} /> },
  { key: 'rejected', title: 'Rejected', align: 'right', cell: ({ rejected }) => <NumberText value={rejected} /> },
  { key: 'createdAt', title: 'When', cell: ({ createdAt }) => <TimeAgo at={createdAt} /> },
]

export function EarlierImports() {
  const pages = usePages(api.listImports, { query: { limit: 10 } })
  return <DataTable label="Earlier imports" {...pages} columns={columns} linkTo={({ id }) => paths.importResult(id)} empty={<Empty>No imports yet. Each one stays here with its numbers, its rejects and a way back.</Empty>} />
}
