/** Home: the last five campaigns with what people did, as small bars. Rates are shares of what was delivered; what bounced, of what was sent. */
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
import { logLink } from '../campaigns/log-link.ts'

type Row = Pick<api.Campaign, 'id' | 'name' | 'figures'>
type Rate = 'opened' | 'clicked' | 'optedOut' | 'bounced'

const delivered = ({ figures }: Row) => figures.sent - figures.bounced

const rateColumn = (key: Rate, title: string, color: string, whole: (row: Row) => number, fullAt = 1): Column<Row> => ({
  key, title, align: 'right',
  cell: (row) => (
    <ShareBar share={whole(row) > 0 ? row.figures[key] / whole(row) / fullAt : 0} color={color}>
      <Anchor component={Link} to={logLink(row.id, key)} inherit className="numbers">{share(row.figures[key], whole(row))}</Anchor>
    </ShareBar>
  ),
})

const columns: Column<Row>[] = [
  { key: 'name', title: 'Campaign', cell: ({ name }) => name, width: 260 },
  {
    key: 'delivered', title: 'Delivered', align: 'right',
    cell: (row) => <ShareBar share={row.figures.sent > 0 ? delivered(row) / row.figures.sent : 0} color="var(--mantine-color-tide-3)"><NumberText value={delivered(row)} to={logLink(row.id, 'sent')} /></ShareBar>,
  },
  rateColumn('opened', 'Opened', 'var(--mantine-color-tide-5)', delivered),
  rateColumn('clicked', 'Clicked', 'var(--mantine-color-lamp-4)', delivered, 0.25),
  rateColumn('optedOut', 'Opted out', 'var(--mantine-color-red-5)', delivered, 0.02),
  rateColumn('bounced', 'Bounced', 'var(--mantine-color-red-8)', ({ figures }) => figures.sent, 0.1),
]

export function LastCampaigns() {
  const { rows, loading, error, again } = usePages(api.listCampaigns, { query: { sort: '-createdAt', limit: 5 } }, { every: 15_000 })
  const sent = rows.filter(({ figures }) => figures.sent > 0)
  const action = (
    <>
      {sent.length > 1 && <Anchor component={Link} to={paths.compareCampaigns(sent.map(({ id }) => id))} size="sm">Compare</Anchor>}
      <Anchor component={Link} to={paths.campaigns()} size="sm">All campaigns</Anchor>
    </>
  )
  const empty = <Empty action={<Button component={Link} to={paths.newCampaign()} variant="light">Create a campaign</Button>}><Text span inherit>No campaigns yet. Their figures appear here: delivered, opened, clicked, opted out, bounced.</Text></Empty>
  return <Panel title="Last campaigns" flush action={action}><DataTable label="Last campaigns" rows={rows} columns={columns} linkTo={({ id }) => paths.campaign(id)} loading={loading} error={error} again={again} empty={empty} /></Panel>
}
