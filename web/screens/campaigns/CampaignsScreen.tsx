/** All campaigns with what became of their mails. */
import { Button, Select } from '@mantine/core'
import { IconPlus, IconScale, IconSearch, IconSpeakerphone } from '@tabler/icons-react'
import { Link, useNavigate } from 'react-router'
import { type Campaign, listCampaigns } from '../../../src/campaign/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { RateBar } from '../../ui/charts/RateBar.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { SelectionBar } from '../../ui/SelectionBar.tsx'
import { useSelection } from '../../ui/selection.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { inWords } from '../../ui/words.ts'
import { CampaignMenu } from './CampaignMenu.tsx'
import { mostCompared } from './comparison.ts'
import { logLink } from './log-link.ts'
import { campaignStatuses } from './campaign-values.ts'

const statusOptions = campaignStatuses.map((status) => ({ value: status, label: inWords(status) }))

const columns: Column<Campaign>[] = [
  { key: 'name', title: 'Name', sort: 'name', width: 340, cell: ({ name }) => name },
  { key: 'type', title: 'Type', sort: 'type', cell: ({ type }) => inWords(type) },
  { key: 'status', title: 'Status', sort: 'status', cell: ({ status }) => <StatusBadge status={status} /> },
  { key: 'sent', title: 'Sent', align: 'right', cell: ({ id, figures }) => <NumberText value={figures.sent} to={logLink(id, 'sent')} /> },
  { key: 'opened', title: 'Opened', cell: ({ figures }) => <RateBar label="Opened" part={figures.opened} whole={delivered(figures)} color="var(--mantine-color-tide-5)" /> },
  { key: 'clicked', title: 'Clicked', cell: ({ figures }) => <RateBar label="Clicked" part={figures.clicked} whole={delivered(figures)} color="var(--mantine-color-lamp-4)" /> },
  { key: 'optedOut', title: 'Opted out', cell: ({ figures }) => <RateBar label="Opted out" part={figures.optedOut} whole={delivered(figures)} color="var(--mantine-color-red-5)" /> },
  { key: 'createdAt', title: 'Created', sort: 'createdAt', cell: ({ createdAt }) => <TimeAgo at={createdAt} /> },
]

/** Rates are shares of what arrived. */
const delivered = ({ sent, bounced }: Campaign['figures']) => sent - bounced

export function CampaignsScreen() {
  const [q, setQ] = useUrlText('q')
  const [status, setStatus] = useUrlText('status')
  const [sort, setSort] = useUrlText('sort', '-createdAt')
  const filter = status ? { field: 'status', op: 'equals', value: status } : undefined
  const campaigns = usePages(listCampaigns, { query: { q, filter, sort } })
  const [selection, setSelection] = useSelection(`${q} ${status}`)
  const create = <Button component={Link} to={paths.newCampaign()} leftSection={<IconPlus size={16} aria-hidden />}>New campaign</Button>
  return (
    <Page title="Campaigns" about="What you tell whom, and what came of it." action={create}>
      <Panel title="All campaigns" flush action={(
        <>
          <SearchField label="Search campaigns" text={q} onText={setQ} />
          <Select size="sm" w={150} clearable aria-label="Status" placeholder="Any status" data={statusOptions} value={status || null} onChange={(value) => setStatus(value ?? '')} />
        </>
      )}>
        <DataTable label="Campaigns" {...campaigns} rows={campaigns.rows as Campaign[]} columns={columns} sort={sort} onSort={setSort} keys selection={selection} onSelection={(next) => setSelection({ ...next, all: false })}
          linkTo={({ id }) => paths.campaign(id)} menu={(campaign) => <CampaignMenu campaign={campaign} />}
          empty={q || status
            ? <Empty icon={IconSearch}>No campaign matches.</Empty>
            : <Empty icon={IconSpeakerphone} title="No campaigns yet" action={create}>A campaign holds target lists, mass emails and links together, and counts what comes of them.</Empty>} />
      </Panel>
      <SelectionBar selection={selection} onSelection={setSelection} total={0}>
        <CompareButton ids={[...selection.ids]} />
      </SelectionBar>
    </Page>
  )
}

/** Why it cannot be pressed is said where it stands. */
const CompareButton = ({ ids }: { ids: string[] }) => {
  const navigate = useNavigate()
  const reason = ids.length < 2 ? 'Select two campaigns at least.' : ids.length > mostCompared ? `${mostCompared} campaigns are compared at most.` : undefined
  return <ReasonButton size="compact-sm" leftSection={<IconScale size={15} aria-hidden />} reason={reason} onClick={() => { void navigate(paths.compareCampaigns(ids)) }}>Compare</ReasonButton>
}
