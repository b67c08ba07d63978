/** The first campaign: made from one form, then looked at, scheduled and followed on the screens that it has ever after. */
import { Alert, Anchor, Button, Group, List, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import { type MassEmail, listMassEmails } from '../../../src/campaign/contract.ts'
import { getDeliveryHealth } from '../../../src/health/contract.ts'
import { useLook, useRead } from '../../api/client.ts'
import { useRefreshOn } from '../../api/refresh-on.ts'
import { paths } from '../../paths.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { LiveProgress } from '../mass-emails/LiveProgress.tsx'
import { isLive } from '../mass-emails/steps.ts'
import { FirstCampaignForm } from './FirstCampaignForm.tsx'
import { type StepProps, StepPanel } from './StepPanel.tsx'
import { fromFirstRun } from './way-back.ts'

export function CampaignStep({ run }: StepProps) {
  const newest = useRead(listMassEmails, { query: { sort: '-createdAt', limit: 1 } }, { every: (last) => (last?.items[0]?.status && isLive(last.items[0].status) ? 2_000 : false) }).items[0] as MassEmail | undefined
  useRefreshOn(newest?.status)
  return (
    <StepPanel step="campaign" run={run} about={newest ? aboutOf(newest.status) : 'A list, a letter and a campaign in one go. Nothing is sent yet: it stays a draft until you schedule it.'}>
      {newest ? <Underway massEmail={newest} /> : <FirstCampaignForm />}
    </StepPanel>
  )
}

const aboutOf = (status: MassEmail['status']) => (status === 'draft' ? 'Change the letter as you like, look at who gets it, then schedule it.' : 'What your readers do, and what comes back, stands on the page of the campaign.')

function Underway({ massEmail }: { massEmail: MassEmail }) {
  const { id, name, status, emailTemplateId, campaignId, dateStart } = massEmail
  const from = fromFirstRun
  return (
    <Stack>
      <Group gap="sm"><Text fw={600}>{name}</Text><StatusBadge status={status} /></Group>
      {status === 'draft' && (
        <>
          <WhereLinksLead />
          <List type="ordered" size="sm" spacing={4} pr="md">
            <List.Item>Put your own words into the letter.</List.Item>
            <List.Item>See who would get it, and what the pre-flight says.</List.Item>
            <List.Item>Schedule it there: it leaves within a minute of its time.</List.Item>
          </List>
          <Group gap="xs">
            {emailTemplateId && <Button component={Link} to={paths.template(emailTemplateId, { from })} variant="default">Change the letter</Button>}
            <Button component={Link} to={paths.massEmail(id, { from })}>Look at it and schedule</Button>
          </Group>
        </>
      )}
      {status === 'pending' && <Alert color="tide" title="Scheduled">It starts <TimeAgo at={dateStart} empty="as soon as possible" />. <Anchor component={Link} inherit underline="always" to={paths.massEmail(id, { from })}>See what it waits for</Anchor></Alert>}
      {status !== 'draft' && status !== 'pending' && <LiveProgress massEmail={massEmail} />}
      {status !== 'draft' && <Group gap="xs"><Button component={Link} to={paths.campaign(campaignId)} variant="default">Open the campaign</Button></Group>}
    </Stack>
  )
}

/** Real readers follow links: an address that leads nowhere is told before it is too late, and not only in Delivery Health. */
function WhereLinksLead() {
  const checks = useLook(getDeliveryHealth).data?.checks ?? []
  const lost = checks.find(({ code, level }) => (code === 'siteUrl' || code === 'publicUrl') && (level === 'warning' || level === 'error'))
  if (!lost) return null
  return <Alert color="lamp" title={lost.message}>{lost.advice} <Anchor component={Link} inherit underline="always" to={paths.firstRun('company')}>To the Site URL</Anchor></Alert>
}
