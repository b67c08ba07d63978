/** Tries both sides of a saved group email account, and says in words what is wrong and what to do. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { getGroupEmailAccount, testImap, testSmtp, type GroupEmailAccount } from '../../../src/mailbox/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'

export function AccountTests({ account, dirty }: { account: GroupEmailAccount; dirty: boolean }) {
  const params = { id: account.id }
  const imap = useAction(testImap, { refreshes: [getGroupEmailAccount] })
  const smtp = useAction(testSmtp)
  const reason = dirty ? 'Save your changes first: the saved servers are tested' : undefined
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button variant="default" loading={imap.isPending} disabled={dirty} title={reason} onClick={() => imap.mutate({ params })}>Test reading (IMAP)</Button>
        {account.smtp.host && <Button variant="default" loading={smtp.isPending} disabled={dirty} title={reason} onClick={() => smtp.mutate({ params, body: {} })}>Test sending (SMTP)</Button>}
      </Group>
      {reason && <Text size="sm" c="dimmed">{reason}.</Text>}
      {[imap, smtp].map((test, index) => <TestOutcome key={index} error={test.error} result={test.data} />)}
    </Stack>
  )
}

export function TestOutcome({ error, result }: { error: unknown; result: { ok: boolean; reply: string; message: string; advice: string } | undefined }) {
  if (error) return <ErrorNote error={error} />
  if (!result) return null
  return (
    <Alert role="status" color={result.ok ? 'green' : 'red'} title={result.message}>
      {result.advice && <Text size="sm">{result.advice}</Text>}
      <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>{result.reply}</Text>
    </Alert>
  )
}
