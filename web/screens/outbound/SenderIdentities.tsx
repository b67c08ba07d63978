/** As whom an account may send, and what DNS says of each domain: SPF, DKIM, DMARC, with what to do. */
import { Anchor, Button, Group, Paper, Stack, TagsInput, Text } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { type OutboundAccount, type SenderIdentity, changeOutboundAccount, getOutboundAccount, listOutboundAccounts, listPresets, listSenderIdentities } from '../../../src/outbound/contract.ts'
import { checkSenderDomain } from '../../../src/signing/contract.ts'
import { call, useAction, useRead, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { providerOf } from './provider.ts'

export function SenderIdentities({ account: { id, host, senderIdentities } }: { account: OutboundAccount }) {
  const [texts, setTexts] = useState(senderIdentities)
  const save = useAction(changeOutboundAccount, { refreshes: [getOutboundAccount, listOutboundAccounts, listSenderIdentities], done: () => succeeded('Sender identities saved.') })
  const dirty = JSON.stringify(texts) !== JSON.stringify(senderIdentities)
  return (
    <Stack>
      <TagsInput label="Addresses and domains" description="Press Enter after each. A domain stands for every address of it." placeholder={texts.length === 0 ? 'news@acme.example or acme.example' : undefined}
        value={texts} onChange={setTexts} splitChars={[',', ' ', ';']} acceptValueOnBlur clearable clearButtonProps={{ 'aria-label': 'Remove all identities' }} />
      <ErrorNote error={save.error} />
      <Group><Button disabled={!dirty} loading={save.isPending} title={dirty ? undefined : 'Nothing was changed'} onClick={() => save.mutate({ params: { id }, body: { senderIdentities: texts } })}>Save identities</Button></Group>
      <Boundary><DnsStates id={id} host={host} /></Boundary>
    </Stack>
  )
}

function DnsStates({ id, host }: { id: string; host: string }) {
  const { items } = useRead(listSenderIdentities, { params: { id } })
  const provider = providerOf(useRead(listPresets).items, host)
  if (items.length === 0) return <Text size="sm" c="dimmed">Set a From address in Outbound Emails, and its SPF, DKIM and DMARC are shown here.</Text>
  return (
    <Stack gap="sm">
      {provider && provider.spfIncludes.length > 0 && <Text size="sm" c="dimmed">{provider.name} asks that the SPF record of each domain names {provider.spfIncludes.map((name) => `include:${name}`).join(' or ')}.</Text>}
      {items.map((item) => <IdentityCard key={item.identity} item={item} />)}
    </Stack>
  )
}

function IdentityCard({ item }: { item: SenderIdentity }) {
  const [checking, setChecking] = useState(false)
  const refresh = useRefresh()
  const check = () => {
    setChecking(true)
    call(checkSenderDomain, { params: { domain: item.domain }, body: {} }).then(() => refresh(listSenderIdentities)).catch(failed).finally(() => setChecking(false))
  }
  return (
    <Paper withBorder p="sm" component="section" aria-label={displayAddress(item.identity)}>
      <Group justify="space-between" gap="xs" mb={6}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>{displayAddress(item.identity)}</Text>
        <Group gap="xs"><Text size="xs" c="dimmed">checked <TimeAgo at={item.checkedAt} /></Text><Button size="compact-sm" variant="default" loading={checking} onClick={check}>Check again</Button></Group>
      </Group>
      <Stack gap={6}>
        <RecordLine title="SPF" record={item.spf} />
        <RecordLine title="DKIM" record={item.dkim} action={item.dkim.state === 'missing' && <Anchor component={Link} size="sm" underline="always" to={paths.dkimKeys()}>Make a key</Anchor>} />
        <RecordLine title="DMARC" record={item.dmarc} />
      </Stack>
    </Paper>
  )
}

export function RecordLine({ title, record: { state, message, advice }, action }: { title: string; record: SenderIdentity['spf']; action?: React.ReactNode }) {
  return (
    <Group gap="sm" align="flex-start">
      <Text size="sm" fw={600} w={60} flex="none">{title}</Text>
      <StatusBadge status={state} size="sm">{state === 'unknown' ? 'Not known' : undefined}</StatusBadge>
      <Text component="div" size="sm" flex="1 1 220px" miw={0} style={{ overflowWrap: 'anywhere' }}>{message}{state !== 'ok' && advice && <Text span inherit c="dimmed"> {advice}</Text>} {action}</Text>
    </Group>
  )
}
