/** Your second factor: set up, turned off, and new recovery codes. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import * as api from '../../../src/access/contract.ts'
import { type Result, useRead } from '../../api/client.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { AskPassword } from './AskPassword.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { setUpSecondFactor } from './set-up-second-factor.tsx'

export function SecondFactorPanel() {
  return (
    <Panel title="Second factor" about="A code from an app on your phone, asked for when you sign in: whoever learns your password still stays outside.">
      <State />
    </Panel>
  )
}

function State() {
  const factor = useRead(api.readSecondFactor)
  if (factor.on) return <On factor={factor} />
  const reason = factor.hasPassword ? undefined : 'You sign in without a password of this installation. Whoever signs you in asks for what it needs.'
  return <ReasonButton reason={reason} onClick={setUpSecondFactor}>Set up…</ReasonButton>
}

function On({ factor: { since, recoveryCodesLeft, required } }: { factor: Result<typeof api.readSecondFactor> }) {
  return (
    <Stack gap="sm">
      <Group gap="xs"><Badge color="green">On</Badge><Text size="sm">since <TimeAgo at={since} />, {counted(recoveryCodesLeft, 'recovery code')} left.</Text></Group>
      {recoveryCodesLeft < 3 && <Text size="sm" c="red">{recoveryCodesLeft === 0 ? 'Without your app nobody lets you in.' : 'They are nearly used up.'} Make new ones.</Text>}
      <Group>
        <Button variant="default" onClick={openNewCodes}>New recovery codes…</Button>
        <Button variant="default" onClick={setUpSecondFactor}>Set up another app…</Button>
        <ReasonButton variant="default" color="red" reason={required ? 'A second factor is required here of you. To use another app, set that one up in its place.' : undefined} onClick={openTurnOff}>Turn off…</ReasonButton>
      </Group>
    </Stack>
  )
}

const openNewCodes = () => { modals.open({ title: 'New recovery codes', closeOnClickOutside: false, children: <NewCodes /> }) }

function NewCodes() {
  const [codes, setCodes] = useState<string[]>()
  if (codes) return <RecoveryCodes codes={codes} onDone={() => modals.closeAll()} />
  return (
    <AskPassword endpoint={api.replaceRecoveryCodes} about="Ten new codes are made. Those that you have open nothing any more." button="Make new codes"
      refreshes={[api.readSecondFactor]} done={({ recoveryCodes }) => setCodes(recoveryCodes)} />
  )
}

const openTurnOff = () => { modals.open({ title: 'Turn the second factor off?', children: <TurnOff /> }) }

function TurnOff() {
  const done = () => { modals.closeAll(); succeeded('Your second factor is off.') }
  return <AskPassword endpoint={api.turnOffSecondFactor} about="From then on your password alone signs you in. The recovery codes open nothing any more." button="Turn off" danger refreshes={[api.readSecondFactor]} done={done} />
}
