/** "What this person can do": every right of a user in the end, and which of his roles it comes from. */
import { Anchor, Badge, Group, List, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import * as api from '../../../src/access/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { levelWords, permissionWords } from './right-words.ts'
import { type Thing, useThings } from './use-things.ts'

export const PersonRights = ({ userId }: { userId: string }) => (
  <Panel title="What this person can do" about="All roles together: of several the widest counts." foldsAs="person-rights"><Rights userId={userId} /></Panel>
)

function Rights({ userId }: { userId: string }) {
  const rights = useRead(api.readUserRights, { params: { id: userId } })
  const things = useThings()
  const inactive = !rights.isActive && <Text size="sm">This user is not active: nobody can sign in as him, and his API keys open nothing. Once he is active again:</Text>
  if (rights.everything) return <Stack gap="sm">{inactive}<Text size="sm">Users of type Admin can do everything, whatever their roles say. They alone change users, roles, teams and API keys.</Text></Stack>
  if (rights.roles.length === 0) return <Stack gap="sm">{inactive}<Text size="sm">Without a role a person can sign in, see himself and change his password, and no more. Choose <b>Edit</b> and give a role.</Text></Stack>
  return (
    <Stack>
      {inactive}
      <Names title="Roles" named={rights.roles} to={paths.role} />
      <Names title="Teams" named={rights.teams} none="None: what reaches as far as the team is no more than what is his own." />
      <DataTable label="Reach" rows={rights.types} rowId={({ type }) => type} columns={columnsFor(rights.roles, things)} />
      <Permissions rights={rights} />
    </Stack>
  )
}

type Named = { id: string; name: string }
const Names = ({ title, named, none, to }: { title: string; named: Named[]; none?: string; to?: (id: string) => string }) => (
  <Group gap={6}>
    <Text size="sm" fw={600}>{title}</Text>
    {named.map(({ id, name }) => (to ? <Anchor key={id} component={Link} size="sm" to={to(id)}>{name}</Anchor> : <Badge key={id} color="gray">{name}</Badge>))}
    {named.length === 0 && <Text size="sm" c="dimmed">{none}</Text>}
  </Group>
)

type TypeRow = api.UserRights['types'][number]

const columnsFor = (roles: Named[], things: Thing[]): Column<TypeRow>[] => [
  { key: 'type', title: 'Of', cell: ({ type }) => <b>{things.find(({ name }) => name === type)?.title ?? type}</b> },
  ...([['read', 'See'], ['edit', 'Change'], ['delete', 'Delete']] as const).map(([action, title]): Column<TypeRow> => (
    { key: action, title, cell: (row) => <Given given={row[action].level !== 'no'} words={levelWords[row[action].level]} from={row[action].from} roles={roles} /> })),
  { key: 'create', title: 'Create', cell: ({ create }) => <Given given={create.given} words={create.given ? 'Yes' : 'No'} from={create.from} roles={roles} /> },
]

/** "All – from Marketing" */
function Given({ given, words, from, roles }: { given: boolean; words: string; from: string[]; roles: Named[] }) {
  if (!given) return <Text span inherit c="dimmed">{words}</Text>
  return <div>{words} <Text size="sm" c="dimmed" span>from <i>{namesOf(from, roles)}</i></Text></div>
}

const namesOf = (from: string[], roles: Named[]) => roles.filter(({ id }) => from.includes(id)).map(({ name }) => name).join(', ')

function Permissions({ rights: { permissions, roles, sendNeedsApproval } }: { rights: api.UserRights }) {
  const missing = permissionWords.filter(({ value }) => !permissions.some(({ permission }) => permission === value))
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>Permissions</Text>
      <List size="sm" spacing={2}>
        {permissions.map(({ permission, from }) => <List.Item key={permission}>{permissionWords.find(({ value }) => value === permission)?.label ?? permission} <Text size="sm" c="dimmed" span>from <i>{namesOf(from, roles)}</i></Text>{permission === 'send' && sendNeedsApproval && ', after somebody else has approved'}</List.Item>)}
      </List>
      {missing.length > 0 && <Text size="sm" c="dimmed" mt={4}>Not: {missing.map(({ label }) => label.toLowerCase()).join(', ')}.</Text>}
    </div>
  )
}
