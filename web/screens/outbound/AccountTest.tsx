/** Tries an account: connects, encrypts, signs in, and sends one short mail when an address is given. Says what is wrong and what to do. */
import { Alert, Button, Checkbox, Group, Stack, Text, TextInput, ThemeIcon } from '@mantine/core'
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { type OutboundAccount, getOutboundAccount, listOutboundAccounts, testOutboundAccount } from '../../../src/outbound/contract.ts'
import { type Result, useAction } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { type Step, stepsOf } from './test-steps.ts'

export function AccountTest({ account }: { account: OutboundAccount }) {
  const [to, setTo] = useState(useMe().emailAddress)
  const [send, setSend] = useState(false)
  const [sent, setSent] = useState(false)
  const test = useAction(testOutboundAccount, { refreshes: [getOutboundAccount, listOutboundAccounts] })
  const withMail = send && to.trim() !== ''
  const submit = () => {
    setSent(withMail)
    test.mutate({ params: { id: account.id }, body: withMail ? { to: to.trim() } : {} })
  }
  return (
    <Stack gap="sm">
      <Checkbox label="Send me a test" description="Otherwise it only connects and signs in." checked={send} onChange={(event) => setSend(event.currentTarget.checked)} />
      <Group align="flex-end" gap="sm">
        {send && <TextInput label="Send it to" inputMode="email" w={{ base: '100%', sm: 280 }} value={to} onChange={(event) => setTo(event.currentTarget.value)} />}
        <Button variant="default" loading={test.isPending} onClick={submit}>Test now</Button>
      </Group>
      <ErrorNote error={test.error} />
      {test.data && !test.isPending && <AccountTestOutcome result={test.data} steps={stepsOf(test.data, account, sent)} />}
    </Stack>
  )
}

const looks = { done: { icon: IconCheck, color: 'green', word: 'done' }, failed: { icon: IconX, color: 'red', word: 'failed' }, left: { icon: IconMinus, color: 'gray', word: 'not reached' } } as const

export function AccountTestOutcome({ result: { ok, reply, message, advice }, steps }: { result: Result<typeof testOutboundAccount>; steps: Step[] }) {
  return (
    <Alert role="status" color={ok ? 'green' : 'red'} title={message}>
      <Stack gap="xs">
        <Group component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
          {steps.map(({ title, state }) => <StepMark key={title} title={title} look={looks[state]} />)}
        </Group>
        {advice && <Text size="sm">{advice}</Text>}
        <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>{reply}</Text>
      </Stack>
    </Alert>
  )
}

function StepMark({ title, look }: { title: string; look: (typeof looks)[keyof typeof looks] }) {
  return (
    <Group component="li" gap={6} wrap="nowrap">
      <ThemeIcon size={20} radius="xl" color={look.color} variant="light" role="img" aria-label={look.word}><look.icon size={14} /></ThemeIcon>
      <Text size="sm">{title}</Text>
    </Group>
  )
}
