/** Who came in by the provider, and as whom. A link that is wrong is taken away here. */
import { Menu } from '@mantine/core'
import { IconLinkOff, IconUserCheck } from '@tabler/icons-react'
import * as api from '../../../src/single-sign-on/contract.ts'
import { call, usePages, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'

const columns: Column<api.Identity>[] = [
  { key: 'userName', title: 'User', cell: ({ userName }) => <b>{userName}</b> },
  { key: 'subject', title: 'Account at the provider', cell: ({ subject }) => subject },
  { key: 'lastAt', title: 'Last sign-in', cell: ({ lastAt }) => <TimeAgo at={lastAt} /> },
]

export function IdentitiesPanel() {
  const pages = usePages(api.listIdentities, {})
  return (
    <Panel title="Linked users" flush>
      <DataTable label="Linked users" {...pages} rows={pages.rows as api.Identity[]} columns={columns} rowId={({ id }) => id} linkTo={({ userId }) => paths.record('users', userId)} menu={(identity) => <IdentityMenu identity={identity} />}
        empty={<Empty icon={IconUserCheck} title="Nobody came in by the provider yet">Once somebody signs in by the button, this shows as which user.</Empty>} />
    </Panel>
  )
}

function IdentityMenu({ identity: { id, userName, subject } }: { identity: api.Identity }) {
  const refresh = useRefresh()
  const unlink = async () => {
    const body = 'The next sign-in by this account looks for a user with its verified address again. Browsers that are signed in stay so.'
    if (!(await confirm({ title: `Unlink “${userName}” from ${subject}?`, body, confirm: 'Unlink', danger: true }))) return
    await call(api.removeIdentity, { params: { id } })
    await refresh(api.listIdentities)
    succeeded('The user is unlinked.')
  }
  return <Menu.Item leftSection={<IconLinkOff size={16} aria-hidden />} color="red" onClick={() => { unlink().catch(failed) }}>Unlink</Menu.Item>
}
