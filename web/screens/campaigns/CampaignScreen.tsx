/** One campaign: who it goes to, its figures, mass emails, links and log. */
import { ActionIcon, Alert, Button, Menu, Modal, Stack } from '@mantine/core'
import { IconDots, IconPencil, IconPlayerPause } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import * as api from '../../../src/campaign/contract.ts'
import { useAction, useLook, useRead } from '../../api/client.ts'
import { useRefreshOn } from '../../api/refresh-on.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { isLive } from '../mass-emails/steps.ts'
import { BreakdownPanel } from './BreakdownPanel.tsx'
import { CampaignFacts } from './CampaignFacts.tsx'
import { CampaignForm } from './CampaignForm.tsx'
import { CampaignMenu } from './CampaignMenu.tsx'
import { FiguresPanel } from './FiguresPanel.tsx'
import { LinksOnMailPanel } from './LinksOnMailPanel.tsx'
import { LogPanel } from './LogPanel.tsx'
import { MassEmailsPanel } from './MassEmailsPanel.tsx'
import { TrackingUrlsPanel } from './TrackingUrlsPanel.tsx'
import { sendsMail, valuesOf } from './campaign-values.ts'

const lookAgainMilliseconds = 5000

export function CampaignScreen() {
  const id = useParams()['id']!
  const campaign = useRead(api.getCampaign, { params: { id } })
  const every = useLiveness(id)
  return (
    <Page title={campaign.name} mark={<StatusBadge status={campaign.status} />} about={<CampaignFacts campaign={campaign} />}
      back={{ to: paths.campaigns(), title: 'Campaigns' }} action={<Actions campaign={campaign} />}>
      {sendsMail(campaign.type) && (
        <Stack gap="md">
          {campaign.status !== 'active' && campaign.massEmails > 0 && (
            <Alert color="lamp" variant="light" icon={<IconPlayerPause aria-hidden />}>This campaign is not active: none of its mass emails starts or goes on until it is.</Alert>
          )}
          <FiguresPanel campaignId={id} every={every} />
          <BreakdownPanel campaignId={id} />
          <MassEmailsPanel campaignId={id} every={every} />
          <TrackingUrlsPanel campaignId={id} every={every} />
          <LinksOnMailPanel campaignId={id} every={every} />
          <LogPanel campaign={campaign} every={every} rows={20} />
        </Stack>
      )}
    </Page>
  )
}

/** What comes back comes for days: a page that stays open shows it by and by. */
const lookAgainLaterMilliseconds = 30_000

/** How often the whole page looks again: while something is being sent each moment. */
export function useLiveness(campaignId: string): number {
  const massEmails = useLook(api.listMassEmails, { query: { campaignId, fields: 'status', limit: 200 } }, {
    every: (last) => (last?.items.some(({ status }) => isLive(status!)) ? lookAgainMilliseconds : lookAgainLaterMilliseconds),
  })
  useRefreshOn(massEmails.data?.items.map(({ status }) => status).join())
  return massEmails.data?.items.some(({ status }) => isLive(status!)) ? lookAgainMilliseconds : lookAgainLaterMilliseconds
}

function Actions({ campaign }: { campaign: api.Campaign }) {
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const change = useAction(api.changeCampaign, { refreshes: [api.getCampaign, api.listCampaigns, api.listMassEmails], done: () => setEditing(false) })
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEditing(true)}>Edit</Button>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon size="lg" variant="default" aria-label="More actions"><IconDots size={18} /></ActionIcon></Menu.Target>
        <Menu.Dropdown><CampaignMenu campaign={campaign} onDeleted={() => { void navigate(paths.campaigns()) }} /></Menu.Dropdown>
      </Menu>
      <Modal opened={editing} onClose={() => setEditing(false)} title="Edit campaign" size="lg">
        <CampaignForm first={valuesOf(campaign)} submit="Save" busy={change.isPending} error={change.error}
          typeFixed={campaign.massEmails > 0 ? 'Fixed, since the campaign has a mass email.' : undefined}
          onSubmit={({ type, ...values }) => change.mutate({ params: { id: campaign.id }, body: campaign.massEmails > 0 ? values : { ...values, type } })}
          cancel={<Button variant="default" onClick={() => setEditing(false)}>Cancel</Button>} />
      </Modal>
    </>
  )
}
