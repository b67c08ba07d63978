/** A list report: its rows page after page, how many there are, and what they add up to. */
import { Group, Text } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import type { ListRun, Report, ReportSource } from '../../../src/reports/contract.ts'
import { type Run, useListRun } from '../../api/reports.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useRecordAddress } from './record-address.ts'
import { cellText } from './cell-text.ts'
import { aggregateWords, rowsOf } from './report-words.ts'
import { keyOf } from './draft.ts'
import { type Row, listColumns } from './list-columns.tsx'

type ListReportProps = { report: Report; source: ReportSource; run: Run; onSort: (sort: string) => void }

export function ListReport({ report, source, run, onSort }: ListReportProps) {
  const { first, ...pages } = useListRun(report.id, run)
  const addressOf = useRecordAddress(source)
  const plural = rowsOf(source)
  return (
    <Panel title={source.plural} flush action={first && <Totals run={first} report={report} source={source} />}>
      <DataTable label={report.name} {...pages} columns={first ? listColumns(first, source, addressOf) : []} sort={run.sort ?? report.sort} onSort={onSort} total={first?.total} keys {...(source.slug && { linkTo: (row: Row) => addressOf(row) ?? '' })}
        empty={<Empty icon={IconFilterOff} title="Nobody is in it">No {plural} fit this filter{report.questions.length > 0 && ' and these answers'}.</Empty>} />
      {first && pages.more && <p className="print-only">The first {pages.rows.length.toLocaleString()} of {first.total.toLocaleString()} {plural}. “Show more” before printing brings more of them; an export has all.</p>}
    </Panel>
  )
}

export function Totals({ run, report, source }: { run: ListRun; report: Pick<Report, 'aggregates'>; source: ReportSource }) {
  return (
    <Group gap="lg" component="dl" m={0}>
      <Total title="Total"><NumberText value={run.total} estimate={run.totalIsEstimate} /></Total>
      {report.aggregates.map((aggregate) => {
        const key = keyOf({ function: aggregate.function, field: aggregate.field })
        return key in run.totals && <Total key={key} title={aggregateWords({ function: aggregate.function, field: aggregate.field }, source)}>{cellText(run.totals[key], { type: typeOf(aggregate, source) })}</Total>
      })}
    </Group>
  )
}

/** Lowest and highest are of the field's own kind; all else is a number. */
const typeOf = ({ function: by, field }: Report['aggregates'][number], source: ReportSource) =>
  (by === 'min' || by === 'max' ? source.fields.find(({ key }) => key === field)?.type ?? 'decimal' : 'decimal')

const Total = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <Group gap={6} wrap="nowrap"><Text component="dt" size="sm" c="dimmed">{title}</Text><Text component="dd" m={0} size="sm" fw={650} className="numbers">{children}</Text></Group>
)
