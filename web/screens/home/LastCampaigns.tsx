/** Home: the last five campaigns with what people did, as small bars. */
import { Anchor, Button, Text } from '@mantine/core'
import { Link } from 'react-router'
import * as api from '../../../src/campaign/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText, share } from '../../ui/NumberText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ShareBar } from '../../ui/ShareBar.tsx'

type Row = Pick<api.Campaign, 'id' | 'name' | 'figures'>

const rateColumn = (key: 'opened' | 'clicked' | 'optedOut' | 'bounced', title: string, color: string): Column<Row> => ({
  key, title, align: 'right',
  cell: ({ id, figures }) => (
    <ShareBar share={figures.sent > 0 ? figures[key] / figures.sent : 0} color={color}>
      <Anchor component={Link} to={paths.campaignLog(id, { action: key })} inherit className="numbers">{share(figures[key], figures.sent)}</Anchor>
    </ShareBar>
  ),
})

const columns: Column<Row>[] = [
  { key: 'name', title: 'Campaign', cell: ({ name }) => name, width: 260 },
  { key: 'sent', title: 'Sent', align: 'right', cell: ({ id, figures }) => <NumberText value={figures.sent} to={paths.campaignLog(id, { action: 'sent' })} /> },
  rateColumn('opened', 'Opened', 'var(--mantine-color-tide-5)'),
  rateColumn('clicked', 'Clicked', 'var(--mantine-color-tide-7)'),
  rateColumn('optedOut', 'Opted out', 'var(--mantine-color-lamp-5)'),
  rateColumn('bounced', 'Bounced', 'var(--mantine-color-red-6)'),
]

export function LastCampaigns() {
  return <Panel title="Last campaigns" flush action={<Anchor component={Link} to={paths.campaigns()} size="sm">All campaigns</Anchor>}><Rows /></Panel>
}

function Rows() {
  const { rows, loading, error, again } = usePages(api.listCampaigns, { query: { sort: '-createdAt', limit: 5 } }, { every: 15_000 })
  const empty = <Empty action={<Button component={Link} to={paths.newCampaign()} variant="light">Create a campaign</Button>}><Text span inherit>No campaigns yet. Their figures appear here: sent, opened, clicked, opted out, bounced.</Text></Empty>
  return <DataTable label="Last campaigns" rows={rows} columns={columns} linkTo={({ id }) => paths.campaign(id)} loading={loading} error={error} again={again} empty={empty} />
}
