/** One outbound account: whether it works, how it signs in, how much it carries, as whom it sends. */
import { Alert, Badge, Group, Stack } from '@mantine/core'
import { IconPlugOff } from '@tabler/icons-react'
import { useParams } from 'react-router'
import { type OutboundAccount, getOutboundAccount } from '../../../src/outbound/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { AccountLimits } from './AccountLimits.tsx'
import { AccountTest } from './AccountTest.tsx'
import { OauthForm } from './OauthForm.tsx'
import { SenderIdentities } from './SenderIdentities.tsx'
import { ServerFacts } from './ServerFacts.tsx'
import { WarmUpForm } from './WarmUpForm.tsx'
import { aboutWords } from './account-words.ts'

export function OutboundAccountScreen() {
  const { id = '' } = useParams()
  const account = useRead(getOutboundAccount, { params: { id } }, { every: 15_000 })
  const { name, kind, state, isDefault, version } = account
  return (
    <Page title={name} back={{ to: paths.outboundAccounts(), title: 'Outbound accounts' }} about={aboutWords[kind]} width="narrow"
      mark={<Group gap={6}><StatusBadge status={state} />{isDefault && <Badge color="tide">Default</Badge>}</Group>}>
      <Stack>
        {state === 'broken' && <Broken account={account} />}
        <Panel title="Server"><Stack><ServerFacts account={account} />{state !== 'notSetUp' && <AccountTest account={account} />}</Stack></Panel>
        {kind === 'system' && state !== 'notSetUp' && <Panel title="Signing in" foldsAs="account-sign-in"><OauthForm key={version} account={account} /></Panel>}
        <Panel title="Limits" about="What this account carries at most, however many programs send. The portion of Outbound Emails holds for all accounts together."><AccountLimits key={version} account={account} /></Panel>
        <Panel title="Warm-up" about="Receivers distrust a new address that sends much at once. A warm-up begins with few a day and grows."><WarmUpForm key={version} account={account} /></Panel>
        {kind !== 'sandbox' && <Panel title="Sender identities" about="As whom mass emails may be sent through this account. Without any, everybody may type any From address."><SenderIdentities key={version} account={account} /></Panel>}
      </Stack>
    </Page>
  )
}

function Broken({ account: { brokenSince, brokenUntil, brokenReason } }: { account: OutboundAccount }) {
  return (
    <Alert color="red" icon={<IconPlugOff aria-hidden />} title="Nothing goes out through it now">
      {brokenReason} It began <TimeAgo at={brokenSince} />; the next try is <TimeAgo at={brokenUntil} />. Nobody is lost: what waits goes out when the server answers again.
    </Alert>
  )
}
