/** All reports that one may see: what each is about, its category, whose it is, and whether it stands on Home. */
import { Button, Group, Select, Text } from '@mantine/core'
import { IconAlertTriangle, IconMailForward, IconPinFilled, IconPlus, IconSearch } from '@tabler/icons-react'
import { Link, useSearchParams } from 'react-router'
import * as api from '../../../src/reports/contract.ts'
import { usePages } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { useReportSources } from '../../api/reports.ts'
import { useWhyNotCreate } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { LinkNames } from '../../ui/LinksInput.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { useCategories } from './categories.ts'
import { NoReports } from './NoReports.tsx'
import { ReportMenu } from './ReportMenu.tsx'

const columnsOf = (sources: api.ReportSource[]): Column<api.Report>[] => [
  { key: 'name', title: 'Name', sort: 'name', width: 340, cell: ({ name, pinned, problems }) => (
    <Group component="span" gap={6} wrap="nowrap" display="inline-flex">
      <span>{name}</span>
      {pinned && <IconPinFilled size={14} aria-label="On your Home" role="img" />}
      {problems.length > 0 && <IconAlertTriangle size={15} color="var(--tidings-warning)" aria-label="Asks for something that is gone" role="img" />}
    </Group>
  ) },
  { key: 'entityType', title: 'About', sort: 'entityType', cell: ({ entityType }) => sources.find(({ name }) => name === entityType)?.plural ?? entityType },
  { key: 'kind', title: 'Kind', cell: ({ kind }) => (kind === 'list' ? 'List' : 'Summary') },
  { key: 'category', title: 'Category', sort: 'category', width: 180, cell: ({ category }) => category || '–' },
  { key: 'owner', title: 'Owner', cell: ({ assignedUserName }) => assignedUserName ?? '–' },
  { key: 'teams', title: 'Shared with', cell: ({ teamIds }) => (teamIds.length > 0 ? <LinkNames kind="Team" ids={teamIds} find={() => finder('teams')('')} /> : <Text span inherit c="dimmed">–</Text>) },
  { key: 'modifiedAt', title: 'Changed', sort: 'modifiedAt', cell: ({ modifiedAt }) => <TimeAgo at={modifiedAt} /> },
]

export function ReportsScreen() {
  const [q, setQ] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', 'name')
  const [category, setCategory] = useUrlText('category')
  const [, setSearch] = useSearchParams()
  const sources = useReportSources()
  const filter = category ? { field: 'category', op: 'equals', value: category } : undefined
  const reports = usePages(api.listReports, { query: { q, sort, filter } })
  const create = <NewReport />
  const narrowed = q !== '' || category !== ''
  return (
    <Page title="Reports" about="Questions about people, deliveries and the campaign log, answered as lists, tables and charts." action={<><Button component={Link} to={paths.scheduledReports()} variant="default" leftSection={<IconMailForward size={16} aria-hidden />}>Scheduled</Button>{create}</>}>
      <Panel title="All reports" flush action={<><CategorySelect category={category} onCategory={setCategory} /><SearchField label="Search reports" text={q} onText={setQ} /></>}>
        <DataTable label="Reports" {...reports} rows={reports.rows as api.Report[]} columns={columnsOf(sources)} sort={sort} onSort={setSort} keys
          linkTo={({ id }) => paths.report(id)} menu={(report) => <ReportMenu report={report} />}
          empty={narrowed ? <Empty icon={IconSearch} action={<Button variant="default" onClick={() => setSearch({}, { replace: true })}>Show all reports</Button>}>No report {category && <>of the category “{category}” </>}{q && <>matches “{q}”</>}.</Empty> : <NoReports />} />
      </Panel>
    </Page>
  )
}

function NewReport() {
  const whyNot = useWhyNotCreate('Report', 'reports')
  const icon = <IconPlus size={16} aria-hidden />
  return whyNot
    ? <ReasonButton reason={whyNot} leftSection={icon} onClick={() => {}}>New report</ReasonButton>
    : <Button component={Link} to={paths.newReport()} leftSection={icon}>New report</Button>
}

/** The categories there are; without any there is nothing to choose. */
function CategorySelect({ category, onCategory }: { category: string; onCategory: (category: string) => void }) {
  const used = useCategories()
  if (used.length === 0 && !category) return null
  return <Select size="sm" w={190} aria-label="Category" placeholder="All categories" clearable searchable={used.length > 8} data={[...new Set([...used, ...(category ? [category] : [])])]} value={category || null} onChange={(chosen) => onCategory(chosen ?? '')} />
}
