/** The end of the first run: what is done, what was left out and what that means, and what comes next. */
import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core'
import { Link, useNavigate } from 'react-router'
import { type StepName, changeFirstRun, getFirstRun } from '../../../src/first-run/contract.ts'
import { countRecords } from '../../../src/records/contract.ts'
import { getGeneral, getOutboundEmails } from '../../../src/settings/contract.ts'
import { useAction, useLook, useRead } from '../../api/client.ts'
import { useManagesUsers } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { failed } from '../../ui/notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { counted } from '../../ui/words.ts'
import { StepMark } from './StepMark.tsx'
import type { StepProps } from './StepPanel.tsx'
import { openSteps, stepWords } from './steps.ts'

export function DoneStep({ run: { steps, hidden, mail } }: StepProps) {
  const facts = useFacts(mail?.to)
  const navigate = useNavigate()
  const hide = useAction(changeFirstRun, { refreshes: [getFirstRun], done: () => { void navigate(paths.home()) } })
  const isOpen = openSteps(steps).length > 0
  return (
    <Stack maw={860}>
      <Panel title={isOpen ? 'Not everything is set up yet' : 'You are set up'} about={isOpen ? 'What is open can be done now or later.' : 'From here on everything has its place on the left.'}>
        <Stack gap="sm">
          {steps.map(({ step, state }, index) => (
            <Group key={step} gap="sm" wrap="nowrap" align="flex-start">
              <StepMark state={state} number={index + 1} />
              <div style={{ paddingTop: 3 }}>
                <Text size="sm"><b>{stepWords[step].title}.</b> {state === 'done' ? facts[step] ?? 'Done.' : state === 'skipped' ? `Left out. ${stepWords[step].lost}` : stepWords[step].about}{' '}
                  {state !== 'done' && <Anchor component={Link} inherit underline="always" to={paths.firstRun(step)} aria-label={`Do it now: ${stepWords[step].title}`}>Do it now</Anchor>}
                </Text>
              </div>
            </Group>
          ))}
          <Group mt="sm" gap="xs">
            {isOpen && <Button component={Link} to={paths.firstRun()}>Go on</Button>}
            {!hidden && <Button variant={isOpen ? 'default' : 'filled'} loading={hide.isPending} onClick={() => hide.mutate({ body: { hidden: true } }, { onError: failed })}>{isOpen ? 'Take the steps off Home' : 'Go to Home'}</Button>}
          </Group>
        </Stack>
      </Panel>
      <WhatNext />
    </Stack>
  )
}

/** What is set up, in a word or two each. */
function useFacts(mailTo: string | undefined): Partial<Record<StepName, string>> {
  const { companyName, postalAddress, siteUrl } = useRead(getGeneral)
  const { systemSmtp, fromAddress, fromName, bounceAddress } = useRead(getOutboundEmails)
  const contacts = useLook(countRecords, { params: { slug: 'contacts' } }).data?.total ?? 0
  return {
    company: `${companyName}, ${postalAddress.replace(/\s*\n\s*/g, ', ')}; found at ${siteUrl}.`, server: `${systemSmtp.host}:${systemSmtp.port} carries your mail.`,
    sender: `${fromName ? `${fromName} <${fromAddress}>` : fromAddress}.`, ...(mailTo && { mail: systemSmtp.host ? `It arrived at ${mailTo}.` : 'The Sandbox has it.' }), ...(bounceAddress && { bounces: `What comes back to ${bounceAddress} is read.` }),
    ...(contacts > 0 && { contacts: `${counted(contacts, 'contact')}.` }), campaign: 'On its way.',
  }
}

function WhatNext() {
  const managesUsers = useManagesUsers()
  const next: [string, string, string][] = [
    ['Delivery Health', paths.deliveryHealth(), 'shows at any time whether mail can leave and comes home.'],
    ['DKIM Keys', paths.dkimKeys(), 'sign your mail, so that large providers take it.'],
    ...(managesUsers ? [['Users', paths.users(), 'lets your colleagues in, each with what he may do.'] as [string, string, string]] : []),
    ['Subscription Forms', paths.subscriptionForms(), 'let people subscribe by themselves, with proof of their consent.'],
    ['Administration', paths.administration(), 'has everything else, and the way back to these steps.'],
  ]
  return (
    <Panel title="What comes next">
      <List size="sm" spacing="xs" pr="md">{next.map(([title, to, words]) => <List.Item key={title}><Anchor component={Link} inherit underline="always" to={to}>{title}</Anchor> {words}</List.Item>)}</List>
    </Panel>
  )
}
