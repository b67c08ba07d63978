/** What the report answers as it is now. */
import { Alert, Group, Loader, Text } from '@mantine/core'
import { IconAlertTriangle, IconChartBar, IconFilterOff } from '@tabler/icons-react'
import type { ReportRun, ReportSource } from '../../../src/reports/contract.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { GridTable } from './GridTable.tsx'
import { Totals } from './ListReport.tsx'
import { ReportChart } from './ReportChart.tsx'
import type { Draft } from './draft.ts'
import { hasPlace } from './faults.ts'
import { listColumns } from './list-columns.tsx'
import { useRecordAddress } from './record-address.ts'
import type { PreviewState } from './use-preview.ts'
import { rowsOf } from './report-words.ts'

type PreviewProps = { draft: Draft; source: ReportSource; name: string; missing: string | undefined; preview: PreviewState }

export function Preview({ draft, source, name, missing, preview: { run, error, waiting, again } }: PreviewProps) {
  const mark = waiting && run && <Group gap={6}><Loader size={14} aria-hidden /><Text size="xs" c="dimmed" role="status">Looking again…</Text></Group>
  return (
    <Panel title="Preview" flush action={mark || (run?.kind === 'list' && <Totals run={run} report={{ aggregates: draft.totals }} source={source} />)}>
      {missing ? <Empty icon={IconChartBar}>{missing}</Empty>
        : error && error.errors.length > 0 && error.errors.every(hasPlace) ? <Empty icon={IconAlertTriangle}>It cannot be run like this: the places that are not right are marked.</Empty>
          : error ? <ErrorNote error={error} again={again} />
            : !run ? <Waiting lines={8} />
              : <Answer run={run} draft={draft} source={source} name={name} />}
    </Panel>
  )
}

function Answer({ run, draft, source, name }: { run: ReportRun; draft: Draft; source: ReportSource; name: string }) {
  const addressOf = useRecordAddress(source)
  const plural = rowsOf(source)
  if (run.kind === 'list') {
    return (
      <>
        <DataTable label={`Preview: ${name}`} rows={run.items} columns={listColumns(run, source, addressOf)} empty={<Empty icon={IconFilterOff}>No {plural} fit this filter.</Empty>} />
        {run.next !== null && <Text size="sm" c="dimmed" px={18} py="sm">The first {run.items.length}. The saved report shows them all.</Text>}
      </>
    )
  }
  if (run.rows.length === 0) return <Empty icon={IconFilterOff}>No {plural} fit this filter{draft.having ? ', or no group fits what you ask of groups' : ''}.</Empty>
  return (
    <>
      {draft.chart && run.groups.length === draft.groupBy.length && <div style={{ padding: '8px 18px 12px' }}><ReportChart title={name} run={run} choice={draft.chart} /></div>}
      <GridTable label={`Preview: ${name}`} run={run} most={50} />
      {run.rows.length > 50 && <Alert variant="transparent" py="xs" px={18}>{run.rows.length.toLocaleString()} groups in all. The saved report shows more of them.</Alert>}
    </>
  )
}
