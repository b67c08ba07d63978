/** All schedules on which reports are mailed; each is changed on its report's page. */
import { IconMailForward } from '@tabler/icons-react'
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import * as api from '../../../src/report-mail/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'

const columns: Column<api.ReportSchedule>[] = [
  { key: 'reportName', title: 'Report', sort: 'reportName', width: 320, cell: ({ reportName, name }) => (name ? `${reportName}: ${name}` : reportName) },
  { key: 'schedule', title: 'When', cell: ({ scheduleInWords }) => scheduleInWords },
  { key: 'to', title: 'To', width: 260, cell: ({ recipients }) => recipients.map(({ name }) => name).join(', ') || 'Nobody' },
  { key: 'next', title: 'Next', cell: ({ nextRuns }) => <TimeAgo at={nextRuns[0]} empty="Not while inactive" /> },
  { key: 'last', title: 'Last mail', cell: ({ lastMails }) => (lastMails[0] ? <StatusBadge status={lastMails[0].outcome} size="sm" /> : 'None yet') },
  { key: 'active', title: 'Status', sort: 'active', cell: ({ active }) => <StatusBadge status={active ? 'active' : 'inactive'} size="sm" /> },
]

export function ScheduledReportsScreen() {
  const [q, setQ] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', 'reportName')
  const schedules = usePages(api.listReportSchedules, { query: { q, sort } })
  return (
    <Page title="Scheduled reports" back={{ to: paths.reports(), title: 'Reports' }} about="Which reports are mailed when, to whom, and whether they arrive.">
      <Panel title="All schedules" flush action={<SearchField label="Search schedules" text={q} onText={setQ} />}>
        <DataTable label="Scheduled reports" {...schedules} rows={schedules.rows as api.ReportSchedule[]} columns={columns} sort={sort} onSort={setSort} linkTo={({ reportId }) => paths.report(reportId)}
          empty={q ? <Empty>No schedule of a report matches “{q}”.</Empty> : <Empty icon={IconMailForward} action={<Button component={Link} to={paths.reports()} variant="default">Choose a report</Button>}>No report is mailed. Open one and add a schedule under “By mail”.</Empty>} />
      </Panel>
    </Page>
  )
}
