/** Administration > Users: who may sign in. A user is a record; what is special here is the look on who may do what. */
import { Badge, Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/records/contract.ts'
import { usePages } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { type RecordRow, nameOf } from '../../api/records.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { LinkNames } from '../../ui/LinksInput.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'

const typeWords: Record<string, string> = { admin: 'Admin', regular: 'Regular', api: 'Program (API only)' }

const columns: Column<RecordRow>[] = [
  { key: 'name', title: 'Name', cell: nameOf, sort: 'name' },
  { key: 'userName', title: 'User name, email', cell: (user) => <SignInNames user={user} />, sort: 'userName' },
  { key: 'type', title: 'Type', cell: (user) => typeWords[String(user['type'])] ?? String(user['type']) },
  { key: 'roles', title: 'Roles', cell: (user) => <Roles user={user} /> },
  { key: 'isActive', title: 'Signs in', cell: (user) => (user['isActive'] ? <Badge color="green">Active</Badge> : <Badge color="gray">Inactive</Badge>) },
  { key: 'createdAt', title: 'Since', cell: (user) => <TimeAgo at={user['createdAt'] as string} />, sort: 'createdAt' },
]

/** The address stands below where it is another one. */
function SignInNames({ user: { userName, emailAddress } }: { user: RecordRow }) {
  const other = emailAddress && emailAddress !== userName
  return <>{String(userName ?? '')}{other ? <Text size="sm" c="dimmed">{String(emailAddress)}</Text> : null}</>
}

/** Without a role a person can do nothing but sign in: that has to be seen. */
function Roles({ user }: { user: RecordRow }) {
  const ids = user['roleIds'] as string[]
  if (user['type'] === 'admin') return <Text span inherit c="dimmed">Everything</Text>
  return ids.length > 0 ? <LinkNames kind="Role" ids={ids} find={() => finder('roles')('')} /> : <Badge color="gray" variant="outline">No role</Badge>
}

export function UsersScreen() {
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', 'name')
  const pages = usePages(api.listRecords, { params: { slug: 'users' }, query: { q: text, sort } })
  return (
    <Page title="Users" back={{ to: paths.administration(), title: 'Administration' }} about="Who may sign in, with which roles."
      action={<Button component={Link} to={paths.newRecord('users')} leftSection={<IconPlus size={16} aria-hidden />}>New user</Button>}>
      <Panel title="All users" flush hideTitle>
        <FilterRow><SearchField label="Search users" text={text} onText={setText} /></FilterRow>
        <DataTable label="Users" {...pages} columns={columns} sort={sort} onSort={setSort} linkTo={({ id }) => paths.record('users', id)} keys
          empty={<Text p="lg" c="dimmed">No user matches this search.</Text>} />
      </Panel>
    </Page>
  )
}
