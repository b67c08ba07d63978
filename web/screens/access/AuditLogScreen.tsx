/** Administration > Audit Log: who changed what, when, from where. */
import { Text, Tooltip } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import * as api from '../../../src/access/contract.ts'
import { type Result, usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FilterBuilder } from '../../ui/FilterBuilder.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import type { Filter, FilterField } from '../../ui/filter.ts'
import { useUrlJson, useUrlText } from '../../ui/url-state.ts'
import { inWords } from '../../ui/words.ts'

type Entry = Required<Result<typeof api.listAuditLog>['items'][number]>

const columns: Column<Entry>[] = [
  { key: 'at', title: 'When', cell: ({ at }) => <TimeAgo at={at} />, sort: 'at' },
  { key: 'userName', title: 'Who', cell: ({ userName }) => <b>{userName || 'Tidings itself'}</b> },
  { key: 'action', title: 'Did', cell: ({ action }) => inWords(action) },
  { key: 'about', title: 'With', cell: ({ aboutType, aboutName }) => <>{inWords(aboutType)}{aboutName && ` ${displayAddress(aboutName)}`}</>, width: 300 },
  { key: 'detail', title: 'Detail', cell: ({ detail }) => <Detail detail={detail} />, width: 320 },
  { key: 'ip', title: 'From', cell: ({ ip }) => ip || '–' },
]

/** What happened in words; ids say nothing to a person and stay in the API. */
function Detail({ detail }: { detail: Record<string, unknown> }) {
  const told = Object.entries(detail).filter(([key, value]) => value !== '' && value !== null && !/Ids?$/.test(key))
  const text = told.map(([key, value]) => `${inWords(key)}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(' · ')
  if (!text) return <Text span inherit c="dimmed">–</Text>
  return <Tooltip label={text} multiline maw={480}><span>{text}</span></Tooltip>
}

const filterFields: FilterField[] = [
  { name: 'at', label: 'When', type: 'dateTime' }, { name: 'userName', label: 'Who', type: 'text' },
  { name: 'action', label: 'Did', type: 'text' }, { name: 'aboutType', label: 'With', type: 'text' },
]

export function AuditLogScreen() {
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', '-at')
  const [filter, setFilter] = useUrlJson<Filter | undefined>('filter', undefined)
  const pages = usePages(api.listAuditLog, { query: { q: text, sort, filter } })
  return (
    <Page title="Audit Log" back={{ to: paths.administration(), title: 'Administration' }} about="Who changed what, when, from where. Nobody can change it.">
      <Panel title="Entries" flush hideTitle>
        <FilterRow>
          <FilterBuilder fields={filterFields} filter={filter} onFilter={setFilter}><SearchField label="Search the log" text={text} onText={setText} /></FilterBuilder>
        </FilterRow>
        <DataTable label="Audit log" {...pages} columns={columns} sort={sort} onSort={setSort} empty={<Empty icon={IconHistory}>Nothing fits this search.</Empty>} />
      </Panel>
    </Page>
  )
}
