/** One short mail to the administrator himself, by the way that all mail takes; he says whether it arrived. */
import { Alert, Anchor, Button, Group, List, Stack, Text, TextInput } from '@mantine/core'
import { IconFlask, IconMailCheck, IconMailQuestion } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { type FirstRun, changeFirstRun, getFirstRun } from '../../../src/first-run/contract.ts'
import { type OutboundAccount, listOutboundAccounts, testOutboundAccount } from '../../../src/outbound/contract.ts'
import { listSandboxMessages } from '../../../src/sandbox/contract.ts'
import { type Result, call, useAction, useLook, useRead, useRefresh } from '../../api/client.ts'
import type { ApiError } from '../../api/problem.ts'
import { useMe } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { failed } from '../../ui/notice.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { AccountTestOutcome } from '../outbound/AccountTest.tsx'
import { stepsOf } from '../outbound/test-steps.ts'
import { type StepProps, StepPanel, useGoOn } from './StepPanel.tsx'

type Sent = Result<typeof testOutboundAccount>

export function MailStep({ run }: StepProps) {
  const account = useRead(listOutboundAccounts).items.find(({ isDefault }) => isDefault) as OutboundAccount | undefined
  const me = useMe()
  const [to, setTo] = useState(run.mail?.to ?? me.emailAddress)
  const refresh = useRefresh()
  const send = useMutation<Sent, ApiError, string>({
    mutationFn: (address) => sendMail(account!, address), onSettled: () => refresh(getFirstRun, listSandboxMessages),
  })
  const refused = send.data && !send.data.ok ? send.data : null
  return (
    <StepPanel step="mail" run={run} about="It takes the way that all your mail will take.">
      <Stack>
        <form onSubmit={(event) => { event.preventDefault(); send.mutate(to.trim()) }}>
          <Group align="flex-end" gap="sm">
            <TextInput label="Send it to" type="email" required w={{ base: '100%', sm: 340 }} value={to} onChange={(event) => setTo(event.currentTarget.value)} error={send.error?.byField['to']} />
            <Button type="submit" variant={run.mail ? 'default' : 'filled'} disabled={!account} loading={send.isPending}>{run.mail ? 'Send it again' : 'Send me a mail'}</Button>
          </Group>
        </form>
        {send.error && send.error.errors.length === 0 && <ErrorNote error={send.error} />}
        {send.error?.byField['to'] && <Text size="sm">The sender is set in <Anchor component={Link} inherit underline="always" to={paths.firstRun('sender')}>the step before this one</Anchor>.</Text>}
        {refused && account && <AccountTestOutcome result={refused} steps={stepsOf(refused, account, true)} />}
        {run.mail && !refused && !send.isPending && (account?.kind === 'sandbox' ? <InSandbox mail={run.mail} /> : <DidItArrive mail={run.mail} reply={send.data?.reply} />)}
      </Stack>
    </StepPanel>
  )
}

/** What the Sandbox took has arrived: nobody has to be asked. */
async function sendMail(account: OutboundAccount, to: string): Promise<Sent> {
  const result = await call(testOutboundAccount, { params: { id: account.id }, body: { to } })
  if (result.ok) await call(changeFirstRun, { body: { mail: { state: account.kind === 'sandbox' ? 'arrived' : 'sent', to } } })
  return result
}

type Mail = NonNullable<FirstRun['mail']>

function InSandbox({ mail }: { mail: Mail }) {
  const message = useLook(listSandboxMessages, { query: { q: mail.to, limit: 1 } }).data?.items[0]
  return (
    <Alert role="status" color="lamp" icon={<IconFlask aria-hidden />} title="The Sandbox has it">
      It was captured and went nowhere. {message && <Anchor component={Link} inherit underline="always" to={paths.sandboxMessage(message.id)}>Look at the mail</Anchor>}
    </Alert>
  )
}

function DidItArrive({ mail, reply }: { mail: Mail; reply: string | undefined }) {
  const goOn = useGoOn('mail')
  const say = useAction(changeFirstRun, { refreshes: [getFirstRun] })
  const answer = (state: 'arrived' | 'missing') => say.mutate({ body: { mail: { state } } }, { onError: failed, ...(state === 'arrived' && { onSuccess: goOn }) })
  if (mail.state === 'arrived') return <Alert role="status" color="green" icon={<IconMailCheck aria-hidden />} title={`It arrived at ${mail.to}`}>Your mail finds its way.</Alert>
  return (
    <Stack gap="sm">
      <Alert role="status" color="tide" icon={<IconMailQuestion aria-hidden />} title={`Look into the mailbox of ${mail.to}`}>
        <Stack gap="xs">
          <Text size="sm">The server took the mail <TimeAgo at={mail.at} />. “[Test] Mail from Tidings works” is its subject; look among spam as well.</Text>
          {reply && <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>{reply}</Text>}
          <Group gap="xs"><Button loading={say.isPending} onClick={() => answer('arrived')}>It arrived</Button><Button variant="default" loading={say.isPending} onClick={() => answer('missing')}>It did not arrive</Button></Group>
        </Stack>
      </Alert>
      {mail.state === 'missing' && <WhatToCheck />}
    </Stack>
  )
}

const WhatToCheck = () => (
  <section aria-label="What to check">
    <Text size="sm" fw={600} mb={4}>What to check, the likeliest first</Text>
    <List size="sm" spacing={4} pr="md">
      <List.Item>Wait five minutes: some servers let a sender whom they do not know wait once.</List.Item>
      <List.Item>Look among spam. If it is there, the domain lacks SPF, DKIM or DMARC: <Anchor component={Link} inherit underline="always" to={paths.firstRun('sender')}>see what DNS says</Anchor>.</List.Item>
      <List.Item>Look into the log of your provider: there it says what became of the mail after it was taken.</List.Item>
      <List.Item>Is the From address confirmed with the provider? Some take the mail and drop it silently.</List.Item>
      <List.Item>A new account may only mail addresses that were confirmed (Amazon SES in its sandbox, Postmark before its approval).</List.Item>
      <List.Item>Send it to an address at another provider, to see whether it is this mailbox.</List.Item>
    </List>
  </section>
)
