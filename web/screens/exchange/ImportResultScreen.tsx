/** What became of an import: five numbers, each opens its rows; the rejects as a file; the way back. */
import { Alert, Anchor, Button, Select, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconDownload } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import * as api from '../../../src/exchange/contract.ts'
import { usePages, useRead } from '../../api/client.ts'
import { byName, useKnownEntityTypes } from '../../api/entity-types.ts'
import { isOver, useTask } from '../../api/task.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { counted, inWords } from '../../ui/words.ts'
import { useFrom, useWayBack } from '../first-run/way-back.ts'
import { ImportCounts } from './ImportCounts.tsx'
import { useRevert } from './revert.ts'
import { UnderWay } from './UnderWay.tsx'

const under = (status: api.Import['status']) => status === 'queued' || status === 'running'

export function ImportResultScreen() {
  const { id = '' } = useParams()
  const result = useRead(api.readImport, { params: { id } }, { every: (last) => (last && !under(last.status) ? false : 1_000) })
  return (
    <Page title={`Import of ${result.fileName || 'a file'}`} mark={<StatusBadge status={result.status}>{result.dryRun ? 'Dry run' : undefined}</StatusBadge>}
      about={<>{result.createdByName} · <TimeAgo at={result.createdAt} /></>} back={useWayBack({ to: paths.import({ entityType: result.entityType }), title: 'Import' })} action={<Actions result={result} />}>
      <Stack>
        {under(result.status) && result.taskId && <Running taskId={result.taskId} dryRun={result.dryRun} />}
        {endedEarly.has(result.status) && <Alert color={result.status === 'failed' ? 'red' : 'gray'} title={result.status === 'failed' ? 'The import failed' : 'The import was canceled'}>
          What is counted here is in; the rows behind it are not. {result.created > 0 && 'Revert takes back what was created.'}
        </Alert>}
        {result.status === 'reverted' && <Alert color="gray" title={`${counted(result.reverted, 'record')} taken back`}>{keptWords(result.kept)}</Alert>}
        <ImportCounts counts={result} importId={id} />
        <Panel title="Rows" flush action={<OutcomeFilter />}><Rows id={id} entityType={result.entityType} header={result.header} /></Panel>
      </Stack>
    </Page>
  )
}

function Actions({ result }: { result: api.Import }) {
  const revert = useRevert()
  const setsUp = useFrom() !== undefined && !under(result.status)
  const mayRevert = !under(result.status) && result.status !== 'reverted' && !result.dryRun && result.created > 0
  return (
    <>
      {result.rejected > 0 && <Button component="a" href={`/api/v1/imports/${result.id}/rejects.csv`} download variant="default" leftSection={<IconDownload size={16} aria-hidden />}>Rejects as CSV</Button>}
      {mayRevert && <Button variant="default" color="red" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => { void revert(result) }}>Revert</Button>}
      {setsUp && <Button component={Link} to={paths.firstRun()}>Go on with the set-up</Button>}
    </>
  )
}

const endedEarly = new Set(['failed', 'canceled'])

const keptWords = (kept: number) => (kept === 0 ? 'They are in the bin for 30 days.' : `They are in the bin for 30 days. ${counted(kept, 'record')} ${kept === 1 ? 'was' : 'were'} kept: see the rows that were created for the reason.`)

function Running({ taskId, dryRun }: { taskId: string; dryRun: boolean }) {
  const { data: task } = useTask(taskId)
  return task && !isOver(task) ? <UnderWay task={task} hint={dryRun ? 'Checking' : 'Importing'} /> : null
}

const outcomes = [{ value: '', label: 'All' }, ...api.rowOutcomes.map((value) => ({ value, label: inWords(value) }))]

function OutcomeFilter() {
  const [outcome, setOutcome] = useUrlText('outcome')
  return <Select size="xs" w={140} aria-label="Rows shown" data={outcomes} value={outcome} onChange={(value) => setOutcome(value ?? '')} />
}

function Rows({ id, entityType, header }: { id: string; entityType: string; header: string[] }) {
  const [outcome] = useUrlText('outcome')
  const slug = byName(useKnownEntityTypes(), entityType)?.slug
  const pages = usePages(api.listImportRows, { params: { id }, query: { outcome, sort: 'line', limit: 100 } })
  return <DataTable label="Rows" {...pages} columns={columnsFor(header, slug)} empty={<Empty>{outcome ? 'No row came out this way.' : 'No row needs a word: everything went as it should.'}</Empty>} />
}

function columnsFor(header: string[], slug: string | undefined): Column<api.ImportRow>[] {
  return [
    { key: 'line', title: 'Line', cell: ({ line }) => line.toLocaleString() },
    { key: 'outcome', title: 'Outcome', cell: ({ outcome }) => <StatusBadge status={outcome} size="sm" /> },
    { key: 'reason', title: 'Why', cell: ({ reason }) => reason || <Text span inherit c="dimmed">–</Text>, width: 420 },
    { key: 'record', title: 'Record', cell: ({ recordId }) => (recordId && slug ? <Anchor component={Link} to={paths.record(slug, recordId)} inherit>Open</Anchor> : '–') },
    { key: 'cells', title: header.slice(0, 4).join(' · ') || 'Row', cell: ({ cells }) => cells?.slice(0, 4).join(' · ') ?? '', width: 360 },
  ]
}
