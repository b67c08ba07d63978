/** Who carries the mail: a provider is chosen, its server filled in, and tried with the server's own words; or the Sandbox stays. */
import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { changeFirstRun, getFirstRun } from '../../../src/first-run/contract.ts'
import { type Preset, listOutboundAccounts, listPresets } from '../../../src/outbound/contract.ts'
import * as api from '../../../src/settings/contract.ts'
import { call, useAction, useRead } from '../../api/client.ts'
import { failed } from '../../ui/notice.tsx'
import { providerOf } from '../outbound/provider.ts'
import { ProviderCards, sandbox } from './ProviderCards.tsx'
import { ServerForm } from './ServerForm.tsx'
import { type StepProps, StepPanel, useGoOn } from './StepPanel.tsx'
import { stateOf } from './steps.ts'

export function ServerStep({ run }: StepProps) {
  const saved = useRead(api.getOutboundEmails)
  const presets = useRead(listPresets).items
  const { host } = saved.systemSmtp
  const [chosen, choose] = useState<string | null>(host ? (providerOf(presets, host) ?? presets.at(-1)!).id : stateOf(run.steps, 'server') === 'skipped' ? sandbox : null)
  const preset = presets.find(({ id }) => id === chosen)
  return (
    <StepPanel step="server" run={run} about="The provider or server that carries your mail to the world. You can change it at any time." skipsItself>
      <Stack gap="lg">
        <ProviderCards presets={presets} chosen={chosen} onChoose={choose} />
        {chosen === sandbox && <Stay hasServer={host !== null} />}
        {preset && <><WhatToKnow preset={preset} /><ServerForm key={preset.id} preset={preset} saved={saved} /></>}
      </Stack>
    </StepPanel>
  )
}

function WhatToKnow({ preset: { name, authHint, limitsHint, traps } }: { preset: Preset }) {
  return (
    <Stack gap={6} component="section" aria-label={`What to know about ${name}`}>
      <Text size="sm"><b>User name and password.</b> {authHint}</Text>
      <Text size="sm"><b>How much.</b> {limitsHint}</Text>
      {traps.length > 0 && <div><Text size="sm" fw={700}>Watch out</Text><List size="sm" pr="md">{traps.map((trap) => <List.Item key={trap}>{trap}</List.Item>)}</List></div>}
    </Stack>
  )
}

/** Chosen on purpose: said once, and not asked again. */
function Stay({ hasServer }: { hasServer: boolean }) {
  const goOn = useGoOn('server')
  const stay = useAction(changeFirstRun, { refreshes: [getFirstRun, api.getOutboundEmails, listOutboundAccounts], done: goOn })
  const choose = () => {
    const back = hasServer ? call(api.changeOutboundEmails, { body: { systemSmtp: null } }) : Promise.resolve()
    back.then(() => stay.mutate({ body: { skipped: { server: true } } }, { onError: failed }), failed)
  }
  return (
    <Stack gap="sm">
      <Text size="sm">Every mail is captured where you can look at it, and nothing leaves. Addresses that begin with hard-bounce, soft-bounce, complaint, auto-reply or defer answer as such, so that the whole way can be tried.{hasServer && ' The server that is set now is forgotten.'}</Text>
      <Group><Button loading={stay.isPending} onClick={choose}>Stay in the Sandbox</Button></Group>
    </Stack>
  )
}
