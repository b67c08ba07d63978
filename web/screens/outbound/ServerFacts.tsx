/** Where an account's server is, where to change that, and what is known of its provider. */
import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { type OutboundAccount, listPresets } from '../../../src/outbound/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { providerOf } from './provider.ts'

const securityWords: Record<OutboundAccount['security'], string> = { starttls: 'STARTTLS, verified', tls: 'TLS, verified', none: 'Not encrypted' }

export function ServerFacts({ account }: { account: OutboundAccount }) {
  const { host, port, security, fromAddress, oauth2, kind } = account
  if (!host) return <Stack gap="sm"><Text size="sm">No server is named yet.</Text><ChangeServer kind={kind} words="Name one" /></Stack>
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 4 }} spacing="sm">
        <Fact title="Host">{host}:{port}</Fact>
        <Fact title="Connection">{securityWords[security]}</Fact>
        <Fact title="Sign-in">{oauth2 ? 'OAuth 2.0' : kind === 'sandbox' ? 'Not needed' : 'User name and password'}</Fact>
        <Fact title="From">{displayAddress(fromAddress) || '–'}</Fact>
      </SimpleGrid>
      {kind !== 'sandbox' && <Provider host={host} />}
      <ChangeServer kind={kind} words="Change server, user name and password" />
    </Stack>
  )
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return <div><Text size="xs" c="dimmed">{title}</Text><Text size="sm" style={{ overflowWrap: 'anywhere' }}>{children}</Text></div>
}

/** A group email account's server is set where its mailbox is; the Sandbox's is the program itself. */
const setAt: Record<OutboundAccount['kind'], string | null> = { system: paths.outboundEmails(), group: paths.groupEmailAccounts(), sandbox: null }

function ChangeServer({ kind, words }: { kind: OutboundAccount['kind']; words: string }) {
  const to = setAt[kind]
  return to && <Text size="sm"><Anchor component={Link} inherit underline="always" to={to}>{words}</Anchor></Text>
}

function Provider({ host }: { host: string }) {
  const provider = providerOf(useRead(listPresets).items, host)
  if (!provider) return null
  return <Text size="sm" c="dimmed"><b>{provider.name}.</b> {provider.authHint} {provider.limitsHint}</Text>
}
