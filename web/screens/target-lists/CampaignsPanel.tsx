/** The campaigns that send to this list, or leave its members out. */
import { IconSpeakerphone } from '@tabler/icons-react'
import { type Campaign, listCampaigns } from '../../../src/campaign/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'

export function CampaignsPanel({ listId }: { listId: string }) {
  const filter = { or: [{ field: 'targetListIds', op: 'hasAny', value: [listId] }, { field: 'excludingTargetListIds', op: 'hasAny', value: [listId] }] }
  const campaigns = usePages(listCampaigns, { query: { filter, sort: '-createdAt' } })
  const columns: Column<Campaign>[] = [
    { key: 'name', title: 'Campaign', width: 360, cell: ({ name }) => name },
    { key: 'use', title: 'Its members', cell: ({ excludingTargetListIds }) => (excludingTargetListIds.includes(listId) ? 'are left out' : 'get its mails') },
    { key: 'status', title: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
    { key: 'sent', title: 'Sent', align: 'right', cell: ({ figures }) => <NumberText value={figures.sent} /> },
    { key: 'createdAt', title: 'Created', cell: ({ createdAt }) => <TimeAgo at={createdAt} /> },
  ]
  return (
    <Panel title="Campaigns" flush foldsAs="target-list-campaigns">
      <DataTable label="Campaigns with this list" {...campaigns} rows={campaigns.rows as Campaign[]} columns={columns} linkTo={({ id }) => paths.campaign(id)}
        empty={<Empty icon={IconSpeakerphone}>No campaign uses this list yet.</Empty>} />
    </Panel>
  )
}
