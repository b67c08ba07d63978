/** One mass email, from draft to complete: each status shows what is needed then. */
import { ActionIcon, Alert, Button, Menu, Stack } from '@mantine/core'
import { IconArrowBackUp, IconDots, IconInfoCircle, IconPlayerPause, IconPlayerPlay, IconSend } from '@tabler/icons-react'
import { useParams } from 'react-router'
import { type MassEmail, getMassEmail } from '../../../src/campaign/contract.ts'
import { useRead } from '../../api/client.ts'
import { useRefreshOn } from '../../api/refresh-on.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useWayBack } from '../first-run/way-back.ts'
import { DraftView } from './DraftView.tsx'
import { MassEmailFacts } from './MassEmailFacts.tsx'
import { MassEmailMenu } from './MassEmailMenu.tsx'
import { PendingView } from './PendingView.tsx'
import { RunView } from './RunView.tsx'
import { openSendTest } from './SendTestDialog.tsx'
import { isLive } from './steps.ts'
import { useSteps } from './use-steps.tsx'
import { useWhy, WhyPanel } from './WhyPanel.tsx'

const lookAgainMilliseconds = 2000

export function MassEmailScreen() {
  const id = useParams()['id']!
  const massEmail = useRead(getMassEmail, { params: { id } }, { every: (last) => (last && isLive(last.status) ? lookAgainMilliseconds : false) })
  const { name, status, campaignId, campaignName, notice, pausedReason } = massEmail
  useRefreshOn(status)
  return (
    <Page title={name} mark={<StatusBadge status={status} />} about={<MassEmailFacts massEmail={massEmail} />} back={useWayBack({ to: paths.campaign(campaignId), title: campaignName })} action={<Actions massEmail={massEmail} />}>
      <Stack gap="md">
        {/* Why it was paused, or is a draft again, is told as the reason why nothing goes out. */}
        {status === 'draft' && <DraftWhy massEmail={massEmail} />}
        {notice && pausedReason === null && status !== 'draft' && <Alert color="lamp" variant="light" icon={<IconInfoCircle aria-hidden />}>{notice}</Alert>}
        {status === 'draft' ? <DraftView key={id} massEmail={massEmail} /> : status === 'pending' ? <PendingView massEmail={massEmail} /> : <RunView massEmail={massEmail} />}
      </Stack>
    </Page>
  )
}

/** That it is a draft needs no words. */
function DraftWhy({ massEmail: { id, campaignId, notice } }: { massEmail: MassEmail }) {
  const reasons = useWhy(id, true)
  return <WhyPanel reasons={reasons?.filter(({ code }) => code !== 'draft' || notice !== null)} campaignId={campaignId} />
}

function Actions({ massEmail }: { massEmail: MassEmail }) {
  const steps = useSteps(massEmail)
  const { allowedSteps, emailTemplateId } = massEmail
  return (
    <>
      {emailTemplateId && <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} onClick={() => openSendTest(massEmail)}>Send Test</Button>}
      {allowedSteps.includes('backToDraft') && <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={steps.backToDraft}>Back to draft</Button>}
      {allowedSteps.includes('pause') && <Button variant="default" leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={steps.pause}>Pause</Button>}
      {allowedSteps.includes('resume') && <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={steps.resume}>Resume</Button>}
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon size="lg" variant="default" aria-label="More actions"><IconDots size={18} /></ActionIcon></Menu.Target>
        <Menu.Dropdown><MassEmailMenu massEmail={massEmail} here /></Menu.Dropdown>
      </Menu>
    </>
  )
}
