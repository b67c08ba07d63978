/** A summary: its chart, its table, and the rows behind whatever was pressed. */
import { SegmentedControl, Stack } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import * as api from '../../../src/reports/contract.ts'
import { useLook } from '../../api/client.ts'
import type { Run } from '../../api/reports.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useUrlJson, useUrlText } from '../../ui/url-state.ts'
import { GridTable } from './GridTable.tsx'
import { ReportChart } from './ReportChart.tsx'
import { RowsDrawer } from './RowsDrawer.tsx'
import { type GroupValue, groupLabel } from './groups.ts'
import { rowsOf } from './report-words.ts'

type GridReportProps = { report: api.Report; source: api.ReportSource; run: Run; onSort: (sort: string) => void }

const views = [{ value: 'both', label: 'Both' }, { value: 'chart', label: 'Chart' }, { value: 'table', label: 'Table' }]

export function GridReport({ report, source, run: asked, onSort }: GridReportProps) {
  const { data, error, isPlaceholderData, refetch } = useLook(api.runReport, { params: { id: report.id }, body: asked })
  const [show, setShow] = useUrlText('show', 'both')
  const [group, setGroup] = useUrlJson<GroupValue[] | null>('rows', null)
  if (!data) return <Panel title="The answer" hideTitle>{error ? <ErrorNote error={error} again={() => { void refetch() }} /> : <Waiting lines={8} />}</Panel>
  if (data.kind !== 'grid') return null
  const run = data
  const drawn = report.chart && run.groups.length > 0 && run.rows.length > 0
  return (
    <>
      <ErrorNote error={error} />
      <Stack gap="md" style={{ opacity: isPlaceholderData ? 0.6 : 1 }} aria-busy={isPlaceholderData}>
        {drawn && show !== 'table' && (
          <Panel title="Chart" action={<SegmentedControl size="xs" data={views} value={show} onChange={setShow} aria-label="What to show" data-no-print />}>
            <ReportChart title={report.name} run={run} choice={report.chart!} onGroup={setGroup} />
          </Panel>
        )}
        {(!drawn || show !== 'chart') && (
          <Panel title="Table" flush action={drawn && show === 'table' && <SegmentedControl size="xs" data={views} value={show} onChange={setShow} aria-label="What to show" data-no-print />}>
            {run.rows.length === 0
              ? <Empty icon={IconFilterOff} title="Nothing to count">No {rowsOf(source)} fit this filter{report.questions.length > 0 && ' and these answers'}.</Empty>
              : <GridTable label={report.name} run={run} sort={asked.sort ?? report.sort} onSort={onSort} onGroup={setGroup} />}
          </Panel>
        )}
      </Stack>
      {group && <RowsDrawer id={report.id} source={source} run={asked} group={group} title={titleOf(run, group)} onClose={() => setGroup(undefined)} />}
    </>
  )
}

/** `Berlin · March 2026`, from the labels of the answer where it has them. */
function titleOf(run: api.GridRun, group: GroupValue[]): string {
  if (group.length === 0) return 'All of them'
  return group.map((value, at) => groupLabel(value, run.groups[at]?.unit ?? null, run.rows.find((row) => row.group[at] === value)?.labels[at] ?? String(value))).join(' · ')
}
