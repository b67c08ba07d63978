/** All target lists with their numbers. */
import { Badge, Button } from '@mantine/core'
import { IconPlus, IconSearch, IconUsersGroup } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/audience/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { TargetListMenu } from './TargetListMenu.tsx'
import { notMailable } from './member-states.ts'

const sum = (list: api.TargetList) => notMailable(list).reduce((total, { count }) => total + count, 0)

const columns: Column<api.TargetList>[] = [
  { key: 'name', title: 'Name', sort: 'name', cell: ({ name }) => name, width: 340 },
  { key: 'category', title: 'Category', sort: 'category', cell: ({ category }) => category || '–', width: 180 },
  { key: 'members', title: 'Members', align: 'right', cell: ({ id, members }) => <NumberText value={members} to={paths.targetList(id)} /> },
  { key: 'deliverable', title: 'Deliverable now', align: 'right', cell: ({ id, deliverable }) => <NumberText value={deliverable} to={paths.targetList(id, { state: 'deliverable' })} /> },
  { key: 'optedOut', title: 'Opted out', align: 'right', cell: ({ id, optedOut }) => <NumberText value={optedOut} to={paths.targetList(id, { state: 'optedOut' })} /> },
  { key: 'other', title: 'Cannot be mailed', align: 'right', cell: (list) => <NumberText value={sum(list)} /> },
  { key: 'reportSync', title: 'Reports', cell: ({ reportSync }) => <InStep sync={reportSync} /> },
  { key: 'modifiedAt', title: 'Changed', sort: 'modifiedAt', cell: ({ modifiedAt }) => <TimeAgo at={modifiedAt} /> },
]

function InStep({ sync }: { sync: api.TargetList['reportSync'] }) {
  if (!sync?.active) return '–'
  const isBroken = sync.lastOutcome !== null && sync.lastOutcome !== 'done'
  return <Badge color={isBroken ? 'red' : 'green'} variant="light">{isBroken ? 'Not in step' : sync.mode === 'mirror' ? 'In step' : 'Only adds'}</Badge>
}

export function TargetListsScreen() {
  const [q, setQ] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', '-createdAt')
  const lists = usePages(api.listTargetLists, { query: { q, sort } })
  const create = <Button component={Link} to={paths.newTargetList()} leftSection={<IconPlus size={16} aria-hidden />}>New target list</Button>
  return (
    <Page title="Target Lists" about="Named sets of people and companies that campaigns are sent to." action={create}>
      <Panel title="All target lists" flush action={<SearchField label="Search target lists" text={q} onText={setQ} />}>
        <DataTable label="Target lists" {...lists} rows={lists.rows as api.TargetList[]} columns={columns} sort={sort} onSort={setSort} keys
          linkTo={({ id }) => paths.targetList(id)} menu={(list) => <TargetListMenu list={list} />}
          empty={q
            ? <Empty icon={IconSearch}>No target list matches “{q}”.</Empty>
            : <Empty icon={IconUsersGroup} title="No target lists yet" action={create}>Make one, then fill it by hand, by a filter, from a report, by import or from a campaign’s log.</Empty>} />
      </Panel>
    </Page>
  )
}
