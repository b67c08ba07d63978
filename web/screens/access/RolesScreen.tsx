/** Administration > Roles: what their users may do, and how many have each. */
import { Button, Text } from '@mantine/core'
import { IconPlus, IconShieldCheck } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/access/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { permissionWords } from './right-words.ts'

const labelOf = (permission: api.Permission) => permissionWords.find(({ value }) => value === permission)?.label ?? permission

const columns: Column<api.Role>[] = [
  { key: 'name', title: 'Name', cell: ({ name }) => name, sort: 'name' },
  { key: 'permissions', title: 'Permissions', width: 420, cell: ({ permissions }) => (permissions.length > 0 ? permissions.map(labelOf).join(', ') : <Text span c="dimmed">None</Text>) },
  { key: 'users', title: 'Users', align: 'right', cell: ({ users }) => <NumberText value={users} /> },
]

export function RolesScreen() {
  const pages = usePages(api.listRoles)
  const add = <Button component={Link} to={paths.newRole()} leftSection={<IconPlus size={16} aria-hidden />}>New role</Button>
  return (
    <Page title="Roles" back={{ to: paths.administration(), title: 'Administration' }} action={add}
      about="What their users may do. Somebody with several roles may do what any of them allows; without a role nothing but sign in. Users of type Admin may do everything.">
      <Panel title="Roles" flush hideTitle>
        <DataTable label="Roles" {...pages} rows={pages.rows as api.Role[]} columns={columns} linkTo={({ id }) => paths.role(id)} keys
          empty={<Empty icon={IconShieldCheck} title="No roles yet" action={add}>Without a role only users of type Admin can do anything. Make one for the people who write and send.</Empty>} />
      </Panel>
    </Page>
  )
}
