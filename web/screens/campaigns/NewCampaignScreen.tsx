/** A new campaign. Its mass emails and links are made on its own page. */
import { useNavigate, useSearchParams } from 'react-router'
import { createCampaign, listCampaigns } from '../../../src/campaign/contract.ts'
import { useAction } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { CampaignForm } from './CampaignForm.tsx'
import { blankCampaign } from './campaign-values.ts'

export function NewCampaignScreen() {
  const navigate = useNavigate()
  const targetListId = useSearchParams()[0].get('targetListId')
  const create = useAction(createCampaign, { refreshes: [listCampaigns], done: ({ id }) => { void navigate(paths.campaign(id), { replace: true }) } })
  return (
    <Page title="New campaign" width="narrow" back={{ to: paths.campaigns(), title: 'Campaigns' }}>
      <Panel title="The campaign">
        <CampaignForm first={{ ...blankCampaign, targetListIds: targetListId ? [targetListId] : [] }} submit="Create campaign" busy={create.isPending} error={create.error} onSubmit={(body) => create.mutate({ body })} />
      </Panel>
    </Page>
  )
}
