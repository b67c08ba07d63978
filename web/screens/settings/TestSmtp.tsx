/** Connects to the saved SMTP server, and sends one short mail if an address is given. Shows the server's own words. */
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { listOutboundAccounts, testOutboundAccount } from '../../../src/outbound/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'

export function TestSmtp({ dirty }: { dirty: boolean }) {
  const { items } = useRead(listOutboundAccounts)
  const account = items.find(({ kind, state }) => kind === 'system' && state !== 'notSetUp')
  const [to, setTo] = useState('')
  const test = useAction(testOutboundAccount, { refreshes: [listOutboundAccounts] })
  if (!account) return null
  const reason = dirty ? 'Save your changes first: the saved server is tested' : undefined
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <TextInput label="Test mail to" description="Empty: only connect and sign in." inputMode="email" w={{ base: '100%', sm: 280 }} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
        <Button variant="default" loading={test.isPending} disabled={dirty} title={reason} onClick={() => test.mutate({ params: { id: account.id! }, body: to.trim() ? { to: to.trim() } : {} })}>Test the server</Button>
      </Group>
      {reason && <Text size="sm" c="dimmed">{reason}.</Text>}
      <ErrorNote error={test.error} />
      {test.data && <Alert role="status" color={test.data.ok ? 'green' : 'red'} title={test.data.message}>{test.data.advice}<Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>{test.data.reply}</Text></Alert>}
    </Stack>
  )
}
