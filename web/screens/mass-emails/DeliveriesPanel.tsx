/** The ledger of a mass email: everybody it goes to, what became of each, and why. */
import { Anchor, Chip, Group, Pill, Text } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { Link } from 'react-router'
import { type Delivery, getProgress, listDeliveries } from '../../../src/delivery/contract.ts'
import { useLook, usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo, useNow } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { reasonWords } from './reasons.ts'
import { RecordName } from './RecordName.tsx'

type Status = Delivery['status']
const names: Record<Status, string> = { pending: 'Waiting', sending: 'On the wire', sent: 'Sent', failed: 'Failed', skipped: 'Skipped', uncertain: 'Unknown' }
const statuses = Object.keys(names) as Status[]

type DeliveriesPanelProps = { massEmailId: string; every: number | false; limit?: number }

export function DeliveriesPanel({ massEmailId, every, limit = 50 }: DeliveriesPanelProps) {
  const [status, setStatus] = useUrlText('status')
  const [reason, setReason] = useUrlText('reason')
  const [q, setQ] = useUrlText('q')
  const filter = reason ? { field: 'reasonCode', op: 'equals', value: reason } : undefined
  const deliveries = usePages(listDeliveries, { params: { id: massEmailId }, query: { status, filter, q, limit } }, { every })
  const rows = deliveries.rows as Delivery[]
  return (
    <Panel title="Deliveries" flush foldsAs="mass-email-deliveries" action={<SearchField label="Search addresses" text={q} onText={setQ} />}>
      <Group px={18} pb="sm" gap="xs">
        <StatusChips massEmailId={massEmailId} value={status} onChange={setStatus} every={every} />
        {reason && <Pill withRemoveButton size="md" removeButtonProps={{ 'aria-label': 'Show all reasons', 'aria-hidden': false, tabIndex: 0 }} onRemove={() => setReason('')}>{reasonWords(reason)}</Pill>}
      </Group>
      <DataTable label="Deliveries" {...deliveries} rows={rows} columns={rows.some(({ stored }) => stored) ? [...columns, storedColumn(massEmailId)] : columns} empty={<Empty icon={IconMail}>No delivery matches.</Empty>} />
    </Panel>
  )
}

type StatusChipsProps = { massEmailId: string; value: string; onChange: (status: string) => void; every: number | false }

function StatusChips({ massEmailId, value, onChange, every }: StatusChipsProps) {
  const progress = useLook(getProgress, { params: { id: massEmailId } }, { every }).data
  const shown = statuses.filter((status) => status === value || (progress?.counts[status] ?? 0) > 0)
  return (
    <Chip.Group value={value || 'all'} onChange={(chosen) => onChange(chosen === 'all' ? '' : String(chosen))}>
      <Group gap={6} role="radiogroup" aria-label="Status">
        <Chip size="xs" value="all">All {progress?.total.toLocaleString()}</Chip>
        {shown.map((status) => <Chip key={status} size="xs" value={status}>{names[status]} {progress?.counts[status].toLocaleString()}</Chip>)}
      </Group>
    </Chip.Group>
  )
}

const columns: Column<Delivery>[] = [
  { key: 'record', title: 'Who', width: 260, cell: (delivery) => <RecordName {...delivery} /> },
  { key: 'emailAddress', title: 'Address', width: 280, cell: ({ emailAddress }) => displayAddress(emailAddress) },
  { key: 'status', title: 'Status', cell: ({ status }) => <StatusBadge status={status}>{names[status]}</StatusBadge> },
  { key: 'reason', title: 'Reason', width: 380, cell: (delivery) => <Reason {...delivery} /> },
  { key: 'attempts', title: 'Attempts', align: 'right', cell: ({ attempts }) => attempts },
  { key: 'when', title: 'When', cell: (delivery) => <When {...delivery} /> },
]

/** Only where sent emails were stored. */
const storedColumn = (massEmailId: string): Column<Delivery> => ({
  key: 'mail', title: 'Mail', cell: ({ id, stored }) => (stored ? <Anchor component={Link} to={paths.storedMail(massEmailId, id)} inherit>Show</Anchor> : '–'),
})

/** What waits for its turn has no time; what the server put off does. */
function When({ status, sentAt, settledAt, dueAt }: Delivery) {
  const now = useNow(30_000)
  if (status !== 'pending') return <TimeAgo at={sentAt ?? settledAt} />
  return dueAt && new Date(dueAt) > now ? <>again <TimeAgo at={dueAt} /></> : <>–</>
}

function Reason({ reasonCode, reason, status }: Delivery) {
  const words = reasonCode ? reasonWords(reasonCode) : null
  const reply = reason !== reasonCode && status !== 'sent' ? reason : null
  if (!words && !reply) return <>–</>
  return <div>{words && <Text size="sm">{words}</Text>}{reply && <Text size="xs" c="dimmed" ff="monospace" lineClamp={2} title={reply}>{reply}</Text>}</div>
}
