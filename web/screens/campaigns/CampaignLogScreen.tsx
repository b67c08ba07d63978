/** The log of a campaign on a page of its own: where every number of the figures leads. */
import { useParams } from 'react-router'
import { getCampaign } from '../../../src/campaign/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { useLiveness } from './CampaignScreen.tsx'
import { LogPanel } from './LogPanel.tsx'

export function CampaignLogScreen() {
  const id = useParams()['id']!
  const campaign = useRead(getCampaign, { params: { id } })
  const every = useLiveness(id)
  return (
    <Page title={`Log of ${campaign.name}`} about="What happened to whom. Entries are never changed." back={{ to: paths.campaign(id), title: campaign.name }}>
      <LogPanel campaign={campaign} every={every} />
    </Page>
  )
}
