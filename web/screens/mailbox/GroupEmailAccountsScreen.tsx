/** Administration > Group Email Accounts: the mailboxes that are read, what needs a decision, what people answered, and all that was read. */
import { Button } from '@mantine/core'
import { IconMailbox, IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/mailbox/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { UrlTabs } from '../../ui/UrlTabs.tsx'
import { LastCheck } from './LastCheck.tsx'
import { MessagesPanel } from './MessagesPanel.tsx'

const addButton = <Button component={Link} to={paths.newGroupEmailAccount()} leftSection={<IconPlus size={16} aria-hidden />}>Add account</Button>

export function GroupEmailAccountsScreen() {
  return (
    <Page title="Group Email Accounts" back={{ to: paths.administration(), title: 'Administration' }} action={addButton}
      about="Mailboxes that are read for bounces, complaints and replies. Nothing in them changes unless you say so.">
      <UrlTabs tabs={[
        { key: 'accounts', title: 'Accounts', content: <Accounts /> },
        { key: 'decide', title: 'Not understood', content: <MessagesPanel about="decide" /> },
        { key: 'replies', title: 'Replies', content: <MessagesPanel about="replies" /> },
        { key: 'all', title: 'All that was read', content: <MessagesPanel about="all" /> },
      ]} />
    </Page>
  )
}

type Row = Partial<api.GroupEmailAccount>

const columns: Column<Row>[] = [
  { key: 'name', title: 'Account', cell: ({ name }) => name },
  { key: 'emailAddress', title: 'Address', cell: ({ emailAddress }) => (emailAddress ? displayAddress(emailAddress) : '–') },
  { key: 'status', title: 'Status', cell: ({ status }) => <StatusBadge status={status!} size="sm" /> },
  { key: 'folders', title: 'Folders', cell: ({ monitoredFolders }) => monitoredFolders?.join(', '), width: 220 },
  { key: 'lastCheck', title: 'Last check', cell: ({ lastCheck }) => <LastCheck check={lastCheck} />, width: 420 },
]

function Accounts() {
  const pages = usePages(api.listGroupEmailAccounts, {}, { every: 10_000 })
  return (
    <Panel title="Accounts" flush hideTitle>
      <DataTable label="Group email accounts" {...pages} columns={columns} keys linkTo={({ id }) => paths.groupEmailAccount(id!)}
        empty={<Empty icon={IconMailbox} title="No mailbox is read yet" action={addButton}>Add the mailbox that bounces return to. Dead addresses are then found by themselves, and the next mass email leaves them out.</Empty>} />
    </Panel>
  )
}
