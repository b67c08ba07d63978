/** The list of one entity type, made from its definition: search, filters, columns, sort, selection and what to do with it. */
import { ActionIcon, Button, Menu, Text, Tooltip } from '@mantine/core'
import { IconDownload, IconPlus, IconUpload, IconArrowsJoin } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import * as api from '../../../src/records/contract.ts'
import { usePages } from '../../api/client.ts'
import { type EntityType, bySlug, useEntityTypes, oneOf } from '../../api/entity-types.ts'
import { exportAddress } from '../../api/records.ts'
import { useMay, useWhyNotCreate } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { LostScreen } from '../../shell/LostScreen.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { useSelection } from '../../ui/selection.ts'
import { MakeReport } from '../reports/MakeReport.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { NoRecords } from './NoRecords.tsx'
import { RecordFilters } from './RecordFilters.tsx'
import { RecordMenu } from './RecordMenu.tsx'
import { RecordSelectionBar } from './RecordSelectionBar.tsx'
import { SortSelect } from './SortSelect.tsx'
import { ViewsMenu } from './ViewsMenu.tsx'
import { recordColumns } from './columns.tsx'
import { useListState } from './list-state.ts'

export function RecordsScreen() {
  const { slug = '' } = useParams()
  const type = bySlug(useEntityTypes(), slug)
  return type ? <Records key={slug} type={type} /> : <LostScreen />
}

function Records({ type }: { type: EntityType }) {
  const state = useListState(type)
  const query = { filter: state.filter, q: state.text, sort: state.sort }
  const pages = usePages(api.listRecords, { params: { slug: type.slug }, query: { ...query, limit: 50 } })
  const [selection, onSelection] = useSelection(JSON.stringify([type.slug, state.filter, state.text]))
  const columns = recordColumns(type, state.columns)
  const filtered = Boolean(state.filter || state.text)
  return (
    <Page title={type.plural} mark={!pages.loading && <Count {...pages} />} action={<Actions type={type} query={query} columns={state.columns} empty={pages.total === 0} />}>
      <Panel title={`All ${type.plural.toLowerCase()}`} flush hideTitle>
        <RecordFilters type={type} state={state} views={<ViewsMenu type={type} state={state} />}
          action={<><MakeReport type={type} state={state} /><ColumnsMenu type={type} columns={state.columns} onColumns={state.setColumns} onReset={state.resetColumns} /></>}
          narrow={<SortSelect columns={columns} sort={state.sort} onSort={state.setSort} />} />
        <DataTable label={type.plural} {...pages} columns={columns} keys
          sort={state.sort} onSort={state.setSort} selection={selection} onSelection={onSelection}
          linkTo={({ id }) => paths.record(type.slug, id)} menu={(record) => <RecordMenu type={type} record={record} />}
          empty={<NoRecords type={type} filtered={filtered} onClear={state.clear} />} />
        <RecordSelectionBar type={type} selection={selection} onSelection={onSelection} query={query} total={pages.total} totalIsEstimate={pages.totalIsEstimate} />
      </Panel>
    </Page>
  )
}

const Count = ({ total, totalIsEstimate }: { total: number; totalIsEstimate: boolean }) =>
  <Text c="dimmed" fz="lg" className="numbers" aria-live="polite"><NumberText value={total} estimate={totalIsEstimate} /></Text>

type ActionsProps = { type: EntityType; query: Record<string, unknown>; columns: string[]; empty: boolean }

function Actions({ type, query, columns, empty }: ActionsProps) {
  const exportLink = (kind: 'csv' | 'xlsx') => exportAddress(type.slug, kind, { ...query, fields: columns })
  const [mayExport, mayImport, whyNotNew] = [useMay('export'), useMay('import'), useWhyNotCreate(type.name, type.plural.toLowerCase())]
  return (
    <>
      {!empty && mayExport && (
        <Menu>
          <Menu.Target><Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>Export</Button></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component="a" href={exportLink('csv')} download>As CSV</Menu.Item>
            <Menu.Item component="a" href={exportLink('xlsx')} download>As a spreadsheet (XLSX)</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {!empty && type.name !== 'User' && (
        <Tooltip label="Find duplicates"><ActionIcon component={Link} to={paths.duplicates(type.slug)} variant="default" size={36} aria-label="Find duplicates"><IconArrowsJoin size={16} /></ActionIcon></Tooltip>
      )}
      {mayImport && <Button component={Link} to={paths.import({ entityType: type.name })} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>Import</Button>}
      {whyNotNew
        ? <ReasonButton reason={whyNotNew} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => {}}>New {oneOf(type)}</ReasonButton>
        : <Button component={Link} to={paths.newRecord(type.slug)} leftSection={<IconPlus size={16} aria-hidden />}>New {oneOf(type)}</Button>}
    </>
  )
}
