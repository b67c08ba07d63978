/** What came in through a form: pending, confirmed and expired, each with its proof. */
import { Button, Select } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import * as api from '../../../src/forms/contract.ts'
import { usePages } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { mailInWords } from './form-words.ts'
import { openProof } from './Proof.tsx'

type Subscription = api.Subscription

const badges: Record<Subscription['status'], { status: string; words: string }> = {
  pending: { status: 'pending', words: 'Pending' }, confirmed: { status: 'done', words: 'Confirmed' }, expired: { status: 'inactive', words: 'Not confirmed' },
}

const columns: Column<Subscription>[] = [
  { key: 'emailAddress', title: 'Address', cell: ({ emailAddress }) => <b>{displayAddress(emailAddress)}</b> },
  { key: 'status', title: 'State', cell: ({ status }) => <StatusBadge status={badges[status].status} size="sm">{badges[status].words}</StatusBadge> },
  { key: 'askedAt', title: 'Asked', cell: ({ askedAt }) => <TimeAgo at={askedAt} /> },
  { key: 'mail', title: 'Confirmation mail', cell: (subscription) => mailInWords(subscription), width: 260 },
  { key: 'confirmedAt', title: 'Confirmed', cell: ({ confirmedAt }) => <TimeAgo at={confirmedAt} /> },
  { key: 'proof', title: 'Proof', cell: (subscription) => <Button variant="subtle" size="compact-sm" aria-label={`Show the proof of ${subscription.emailAddress}`} onClick={() => openProof(subscription)}>Show</Button> },
]

const choices = [{ value: 'all', label: 'Every state' }, ...api.subscriptionStatuses.map((value) => ({ value, label: badges[value].words }))]

export function SubscriptionsPanel({ saved }: { saved: api.OneSubscriptionForm }) {
  const [status, setStatus] = useUrlText('status', 'all')
  const [q, setQ] = useUrlText('q')
  const filter = status === 'all' ? {} : { filter: JSON.stringify({ field: 'status', op: 'equals', value: status }) }
  const pages = usePages(api.listSubscriptions, { params: { id: saved.id }, query: { q, ...filter } }, { every: 10_000 })
  const choose = (
    <>
      <Select aria-label="State" w={160} data={choices} value={status} onChange={(value) => setStatus(value ?? 'all')} allowDeselect={false} />
      <SearchField label="Search addresses" text={q} onText={setQ} />
    </>
  )
  return (
    <Panel title="Subscriptions" flush action={choose}>
      <DataTable label="Subscriptions" {...pages} rows={pages.rows as Subscription[]} columns={columns} rowId={({ id }) => id}
        empty={<Empty icon={IconInbox} title="Nobody yet">{status === 'all' && !q ? 'Open the page of the form and subscribe yourself: in the Sandbox you see the mail and can confirm.' : 'Nothing is found with this state and search.'}</Empty>} />
    </Panel>
  )
}
