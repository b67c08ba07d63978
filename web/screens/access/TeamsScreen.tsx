/** Administration > Teams: people who share records. Who is in one is chosen with the user. */
import { Button, Menu } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconPencil, IconPlus, IconTrash, IconUsersGroup } from '@tabler/icons-react'
import * as api from '../../../src/access/contract.ts'
import { useAction, usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { TeamForm } from './TeamForm.tsx'

const columns: Column<api.Team>[] = [
  { key: 'name', title: 'Name', cell: ({ name }) => <b>{name}</b>, sort: 'name' },
  { key: 'description', title: 'Description', width: 420, cell: ({ description }) => description },
  { key: 'users', title: 'Users', align: 'right', cell: ({ users }) => <NumberText value={users} /> },
]

const openForm = (team?: api.Team) => modals.open({ title: team ? `Team ${team.name}` : 'New team', children: <TeamForm team={team} /> })

export function TeamsScreen() {
  const pages = usePages(api.listTeams)
  const remove = useRemoveTeam()
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => openForm()}>New team</Button>
  const menu = (team: api.Team) => (
    <>
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => openForm(team)}>Edit</Menu.Item>
      <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={() => { void remove(team) }}>Delete</Menu.Item>
    </>
  )
  return (
    <Page title="Teams" back={{ to: paths.administration(), title: 'Administration' }} action={add}
      about="People who share records: with the level Team's they see what has one of their teams. Choose the teams of a person with the user, those of a record with the record.">
      <Panel title="Teams" flush hideTitle>
        <DataTable label="Teams" {...pages} rows={pages.rows as api.Team[]} columns={columns} menu={menu}
          empty={<Empty icon={IconUsersGroup} title="No teams yet" action={add}>A team is needed where people see each other's records, but not everybody's.</Empty>} />
      </Panel>
    </Page>
  )
}

function useRemoveTeam() {
  const remove = useAction(api.removeTeam, { refreshes: [api.listTeams], done: () => succeeded('The team is deleted.') })
  return async ({ id, name, users }: api.Team) => {
    const body = users === 0 ? 'Nobody is in it.' : `${users === 1 ? 'One user loses' : `${users} users lose`} sight of what only this team has.`
    if (await confirm({ title: `Delete “${name}”?`, body, confirm: 'Delete', danger: true })) remove.mutate({ params: { id } }, { onError: failed })
  }
}
