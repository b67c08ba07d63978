/** The mailbox that bounces come back to: entered, tried, and proved by a mail that must bounce. */
import { Alert, Anchor, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import * as api from '../../../src/mailbox/contract.ts'
import { type Preset, listPresets } from '../../../src/outbound/contract.ts'
import { getOutboundEmails } from '../../../src/settings/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { BounceLoopPanel } from '../health/BounceLoopPanel.tsx'
import { providerOf } from '../outbound/provider.ts'
import { MailboxForm } from './MailboxForm.tsx'
import { type StepProps, StepPanel } from './StepPanel.tsx'
import { stateOf } from './steps.ts'

export function BouncesStep({ run }: StepProps) {
  const settings = useRead(getOutboundEmails)
  const accounts = useRead(api.listGroupEmailAccounts, { query: { sort: 'createdAt', limit: 1 } }).items as api.GroupEmailAccount[]
  const presets = useRead(listPresets).items
  const provider = settings.systemSmtp.host ? providerOf(presets, settings.systemSmtp.host) : undefined
  return (
    <StepPanel step="bounces" run={run} about="A mailbox that Tidings reads each minute. What comes back tells which addresses are dead, who is away, and who complains.">
      <Stack>
        {!settings.systemSmtp.host && <Text size="sm">In the Sandbox you need none: it answers by itself. Come back here once real mail leaves.</Text>}
        {provider && provider.bounces !== 'mail' && <ToldByProvider provider={provider} />}
        <MailboxForm saved={accounts[0] ?? null} presets={presets.filter(({ imap }) => imap)} settings={settings} />
        {stateOf(run.steps, 'bounces') === 'done' && <BounceLoopPanel />}
      </Stack>
    </StepPanel>
  )
}

const ToldByProvider = ({ provider: { name, bounces } }: { provider: Preset }) => (
  <Alert color="tide" title={bounces === 'webhook' ? `${name} tells of bounces by a webhook` : `${name} keeps bounces to itself`}>
    {bounces === 'webhook'
      ? <>It mostly uses a return address of its own. <Anchor component={Link} inherit underline="always" to={paths.providerWebhooks()}>Set up its webhook</Anchor>, and this step is done; a mailbox beside it still reads replies and opt-outs.</>
      : 'A mailbox still reads replies and opt-outs. Look at its own pages for dead addresses, and import them as suppressions.'}
  </Alert>
)
