/** Administration > Audit Log: who changed what, when, from where; filtered, searched, taken out as a file. */
import { Anchor, Button, Text, Tooltip } from '@mantine/core'
import { IconDownload, IconHistory } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/access/contract.ts'
import { type Result, usePages } from '../../api/client.ts'
import { type EntityType, useEntityTypes } from '../../api/entity-types.ts'
import { finder, nameOfOne } from '../../api/find.ts'
import { queryText } from '../../api/query-text.ts'
import { useMay } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FilterBuilder } from '../../ui/FilterBuilder.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import type { Filter, FilterField } from '../../ui/filter.ts'
import { useUrlJson, useUrlText } from '../../ui/url-state.ts'
import { inWords } from '../../ui/words.ts'
import { type DetailLine, linesOf } from './audit-detail.ts'
import { placeOf } from './audit-places.ts'
import classes from './AuditLogScreen.module.css'

type Entry = Required<Result<typeof api.listAuditLog>['items'][number]>

const wordsOf = (action: string) => (api.auditWords as Record<string, string>)[action] ?? inWords(action).toLowerCase()

const columnsFor = (types: EntityType[]): Column<Entry>[] => [
  { key: 'what', title: 'Who did what', cell: (entry) => <Sentence entry={entry} types={types} />, width: 440 },
  { key: 'at', title: 'When', cell: ({ at }) => <TimeAgo at={at} />, sort: 'at' },
  { key: 'detail', title: 'Detail', cell: ({ detail }) => <Detail lines={linesOf(detail)} />, width: 400 },
  { key: 'ip', title: 'From', cell: ({ ip }) => ip || '–' },
]

/** "Anna changed the role Sales". Whoever did something to himself is named once. */
function Sentence({ entry, types }: { entry: Entry; types: EntityType[] }) {
  const { userId, userName, action, aboutType, aboutId, aboutName } = entry
  const himself = aboutType === 'User' && aboutId === userId && userId !== null
  return <span className={classes['sentence']}><b>{userName || 'Tidings itself'}</b> {wordsOf(action)} {!himself && <Thing name={aboutName ? displayAddress(aboutName) : subjectOf(aboutType, types)} to={placeOf(entry, types)} />}</span>
}

const Thing = ({ name, to }: { name: string; to: string | undefined }) => (to ? <Anchor component={Link} to={to} inherit>{name}</Anchor> : <>{name}</>)

const subjectOf = (aboutType: string, types: EntityType[]) => types.find(({ name }) => name === aboutType)?.plural ?? api.auditSubjects[aboutType] ?? inWords(aboutType)

const shownLines = 3

function Detail({ lines }: { lines: DetailLine[] }) {
  if (lines.length === 0) return <Text span inherit c="dimmed">–</Text>
  const rest = lines.slice(shownLines)
  return (
    <div className={classes['detail']}>
      {lines.slice(0, shownLines).map((line) => <Line key={line.name} {...line} />)}
      {rest.length > 0 && <Tooltip multiline maw={480} label={rest.map((line) => <Line key={line.name} {...line} />)}><Text size="sm" c="dimmed" tabIndex={0}>and {rest.length} more</Text></Tooltip>}
    </div>
  )
}

const Line = ({ name, before, after }: DetailLine) => (
  <div>{name && `${name}: `}{before !== undefined && <>{before} <span aria-label="became">→</span> </>}{after}</div>
)

const words: Record<string, string> = api.auditWords
const filterFields = (types: EntityType[]): FilterField[] => [
  { name: 'userId', label: 'Who', type: 'link' },
  { name: 'action', label: 'Did', type: 'enum', options: Object.entries(words).map(([value, label]) => ({ value, label: label.replace(/:$/, '') })).toSorted((a, b) => a.label.localeCompare(b.label)) },
  { name: 'aboutType', label: 'With', type: 'enum', options: [...Object.entries(api.auditSubjects), ...types.filter(({ name }) => !(name in api.auditSubjects)).map(({ name, plural }) => [name, plural] as const)].map(([value, label]) => ({ value, label })) },
  { name: 'at', label: 'When', type: 'dateTime' },
  { name: 'ip', label: 'From address', type: 'text' },
  { name: 'aboutId', label: 'Thing', type: 'id', hidden: true },
]

const findUser = async (_field: FilterField, text: string) => (await finder('users')(text)).map(({ id, name }) => ({ value: id, label: name }))
const nameOfUser = (_field: FilterField, id: string) => nameOfOne('users', id)

export function AuditLogScreen() {
  const types = useEntityTypes()
  const mayExport = useMay('export')
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', '-at')
  const [filter, setFilter] = useUrlJson<Filter | undefined>('filter', undefined)
  const query = { q: text, sort, filter }
  const pages = usePages(api.listAuditLog, { query })
  const save = mayExport
    ? <Button variant="default" component="a" download href={`/api/v1/audit-log/export.csv${queryText(query)}`} leftSection={<IconDownload size={16} aria-hidden />}>Export</Button>
    : <ReasonButton variant="default" reason="Your roles do not let you export." leftSection={<IconDownload size={16} aria-hidden />} onClick={() => {}}>Export</ReasonButton>
  return (
    <Page title="Audit Log" back={{ to: paths.administration(), title: 'Administration' }} about="Who changed what, when, from where. Nobody can change it." action={save}>
      <Panel title="Entries" flush hideTitle>
        <FilterRow action={!pages.loading && <Text size="sm" c="dimmed"><NumberText value={pages.total} estimate={pages.totalIsEstimate} /> {pages.total === 1 ? 'entry' : 'entries'}</Text>}>
          <FilterBuilder fields={filterFields(types)} filter={filter} onFilter={setFilter} find={findUser} nameOf={nameOfUser} what={['entry', 'entries']}><SearchField label="Search the log" text={text} onText={setText} /></FilterBuilder>
        </FilterRow>
        <DataTable label="Audit log" {...pages} columns={columnsFor(types)} sort={sort} onSort={setSort}
          empty={<Empty icon={IconHistory}>{text || filter ? 'Nothing fits this search. Take a filter away, or search for fewer words.' : 'Nothing yet: what anybody changes from now on stands here.'}</Empty>} />
      </Panel>
    </Page>
  )
}
