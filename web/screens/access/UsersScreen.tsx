/** Administration > Users: who may sign in. A user is a record; what is special here is the look on who may do what. */
import { Badge, Button, Stack, Text } from '@mantine/core'
import { IconMailPlus, IconPlus, IconUserSearch } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/records/contract.ts'
import { usePages } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { type RecordRow, nameOf } from '../../api/records.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { LinkNames } from '../../ui/LinksInput.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { OpenInvitations } from '../invitations/OpenInvitations.tsx'
import { invitePeople } from '../invitations/invite-people.tsx'
import classes from './UsersScreen.module.css'

const typeWords: Record<string, string> = { admin: 'Admin', regular: 'Regular', api: 'Program (API only)' }

const columns: Column<RecordRow>[] = [
  { key: 'name', title: 'Name', cell: (user) => <Name of={user} />, sort: 'name', width: 260 },
  { key: 'type', title: 'Type', cell: (user) => typeWords[String(user['type'])] ?? String(user['type']) },
  { key: 'roles', title: 'Roles', cell: (user) => <Roles user={user} /> },
  { key: 'teams', title: 'Teams', cell: (user) => <Teams ids={user['teamIds'] as string[]} /> },
  { key: 'isActive', title: 'Signs in', cell: (user) => (user['isActive'] ? <Badge color="green">Active</Badge> : <Badge color="gray">Inactive</Badge>) },
  { key: 'lastSignInAt', title: 'Last sign-in', cell: (user) => <LastSignIn user={user} />, sort: 'lastSignInAt' },
]

/** Below it what he signs in with, and where that is another one his address. */
function Name({ of: user }: { of: RecordRow }) {
  const others = [...new Set([user['userName'], user['emailAddress']])].filter((text) => text && text !== nameOf(user))
  return <span>{nameOf(user)}{others.map((text) => <Text key={String(text)} span display="block" size="sm" c="dimmed" fw={400}>{String(text)}</Text>)}</span>
}

/** Without a role a person can do nothing but sign in: that has to be seen. */
function Roles({ user }: { user: RecordRow }) {
  const ids = user['roleIds'] as string[]
  if (user['type'] === 'admin') return <Text span inherit c="dimmed">Everything</Text>
  return ids.length > 0 ? <div className={classes['names']}><LinkNames kind="Role" ids={ids} find={() => finder('roles')('')} /></div> : <Badge color="gray" variant="outline">No role</Badge>
}

const Teams = ({ ids }: { ids: string[] }) =>
  (ids.length > 0 ? <div className={classes['names']}><LinkNames kind="Team" ids={ids} find={() => finder('teams')('')} /></div> : <Text span inherit c="dimmed">–</Text>)

/** A program has keys only: when each was used stands under API Keys. */
const LastSignIn = ({ user }: { user: RecordRow }) =>
  (user['type'] === 'api' ? <Link to={paths.apiKeys(String(user['userName']))}>Its API keys</Link> : <TimeAgo at={user['lastSignInAt'] as string | null} empty="Never" />)

/** Whoever is invited chooses his password himself; a new user gets one from whoever makes him, which is also how programs come in. */
const NewPeople = () => (
  <>
    <Button component={Link} to={paths.newRecord('users')} variant="default" leftSection={<IconPlus size={16} aria-hidden />}>New user</Button>
    <Button leftSection={<IconMailPlus size={16} aria-hidden />} onClick={invitePeople}>Invite people</Button>
  </>
)

export function UsersScreen() {
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', 'name')
  const pages = usePages(api.listRecords, { params: { slug: 'users' }, query: { q: text, sort } })
  return (
    <Page title="Users" back={{ to: paths.administration(), title: 'Administration' }} about="Who may sign in, with which roles."
      action={<NewPeople />}>
      <Stack>
        <OpenInvitations />
        <Panel title="All users" flush hideTitle>
          <FilterRow><SearchField label="Search users" text={text} onText={setText} /></FilterRow>
          <DataTable label="Users" {...pages} columns={columns} sort={sort} onSort={setSort} linkTo={({ id }) => paths.record('users', id)} keys
            empty={<Empty icon={IconUserSearch} title="No user matches this search">Search for a part of a name or an address, or bring people in with <b>Invite people</b>.</Empty>} />
        </Panel>
      </Stack>
    </Page>
  )
}
