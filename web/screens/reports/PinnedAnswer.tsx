/** What a pinned report answers now, small: numbers and marks lead to the report. */
import { Anchor, Text } from '@mantine/core'
import { Link, useNavigate } from 'react-router'
import * as api from '../../../src/reports/contract.ts'
import { useLook } from '../../api/client.ts'
import { useReportSources } from '../../api/reports.ts'
import { paths } from '../../paths.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { GridTable } from './GridTable.tsx'
import { ReportChart } from './ReportChart.tsx'
import type { GroupValue } from './groups.ts'
import { type Row, listColumns } from './list-columns.tsx'
import { useRecordAddress } from './record-address.ts'
import classes from './PinnedReports.module.css'
import { rowsOf } from './report-words.ts'

const rowsShown = 5

export function PinnedAnswer({ report }: { report: api.Report }) {
  const navigate = useNavigate()
  const source = useReportSources().find(({ name }) => name === report.entityType)
  const { data: run, error, refetch } = useLook(api.runReport, { params: { id: report.id }, body: report.kind === 'list' ? { limit: rowsShown } : {} }, { enabled: source !== undefined })
  const open = (group: GroupValue[]) => { void navigate(paths.report(report.id, { rows: JSON.stringify(group) })) }
  if (!source) return <Text size="sm" c="dimmed" px={18} pb="md">Your roles do not let you see what it is about.</Text>
  if (!run) return error ? <ErrorNote error={error} again={() => { void refetch() }} /> : <div style={{ padding: '0 18px 18px' }}><Waiting lines={5} /></div>
  if (run.kind === 'list') return <Rows report={report} source={source} run={run} />
  if (run.rows.length === 0) return <Text size="sm" c="dimmed" px={18} pb="md">Nothing to count.</Text>
  if (report.chart && run.groups.length > 0) return <div className={classes['drawing']}><ReportChart title={report.name} run={run} choice={report.chart} height={220} onGroup={open} /></div>
  return (
    <>
      <GridTable label={report.name} run={run} most={rowsShown} onGroup={open} />
      {run.rows.length > rowsShown && <Anchor component={Link} to={paths.report(report.id)} size="sm" display="block" px={18} py="xs">All {run.rows.length.toLocaleString()} groups</Anchor>}
    </>
  )
}

function Rows({ report, source, run }: { report: api.Report; source: api.ReportSource; run: api.ListRun }) {
  const addressOf = useRecordAddress(source)
  const columns = listColumns(run, source, addressOf).slice(0, 3).map((column) => ({ ...column, width: 160 }))
  return (
    <>
      <Text px={18} fz={28} fw={650} lh={1.2}><NumberText value={run.total} estimate={run.totalIsEstimate} to={paths.report(report.id)} /></Text>
      <DataTable<Row> label={report.name} rows={run.items} columns={columns} {...(source.slug && { linkTo: (row) => addressOf(row) ?? '' })} empty={<Text size="sm" c="dimmed" px={18} pb="md">No {rowsOf(source)} fit it now.</Text>} />
    </>
  )
}
