/** The first run: from an installation that is empty to a first campaign, step by step. It can be left and gone on with at any time. */
import { IconShieldCheck } from '@tabler/icons-react'
import { type ComponentType, useEffect } from 'react'
import { useParams } from 'react-router'
import { type StepName, getFirstRun } from '../../../src/first-run/contract.ts'
import { useRead } from '../../api/client.ts'
import { useIsAdministrator } from '../../api/session.ts'
import { Boundary, Waiting } from '../../ui/Boundary.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { BouncesStep } from './BouncesStep.tsx'
import { CampaignStep } from './CampaignStep.tsx'
import { CompanyStep } from './CompanyStep.tsx'
import { ContactsStep } from './ContactsStep.tsx'
import { DoneStep } from './DoneStep.tsx'
import { MailStep } from './MailStep.tsx'
import { SenderStep } from './SenderStep.tsx'
import { ServerStep } from './ServerStep.tsx'
import { type StepProps, useGoOn } from './StepPanel.tsx'
import { StepRail } from './StepRail.tsx'
import classes from './FirstRun.module.css'

const screens: Record<StepName | 'done', ComponentType<StepProps>> = {
  company: CompanyStep, server: ServerStep, sender: SenderStep, mail: MailStep, bounces: BouncesStep, contacts: ContactsStep, campaign: CampaignStep, done: DoneStep,
}

export function FirstRunScreen() {
  const administrator = useIsAdministrator()
  return (
    <Page title="Set up Tidings" about="From here to your first campaign. Leave whenever you like: everything is kept, and Home brings you back.">
      {administrator ? <Wizard /> : <Empty icon={IconShieldCheck} title="Only administrators set Tidings up">Home shows what you can begin with.</Empty>}
    </Page>
  )
}

function Wizard() {
  const run = useRead(getFirstRun)
  const { step } = useParams()
  const current = step === 'done' ? step : run.steps.find((one) => one.step === step)?.step
  if (!current) return <Forward />
  const Screen = screens[current]
  // At the end the steps are the page itself.
  if (current === 'done') return <Boundary><Screen run={run} /></Boundary>
  return (
    <div className={classes['wizard']}>
      <StepRail steps={run.steps} current={current} />
      <Boundary key={current}><Screen run={run} /></Boundary>
    </div>
  )
}

/** Without a step: to the first that is open now, not to what was known before. */
function Forward() {
  const goOn = useGoOn()
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- once: it leaves this address
  useEffect(goOn, [])
  return <Waiting />
}
