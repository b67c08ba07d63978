/** Asks the saved provider what it is, and shows what it said. */
import { Alert, Button, Stack, Text } from '@mantine/core'
import * as api from '../../../src/single-sign-on/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'

export function ProviderTest({ dirty, issuer }: { dirty: boolean; issuer: string }) {
  const test = useAction(api.test)
  const reason = dirty ? 'Save your changes first: the saved provider is tested.' : issuer === '' ? 'Enter the issuer and save first.' : undefined
  return (
    <Stack gap="xs">
      <Button variant="default" w="fit-content" loading={test.isPending} disabled={reason !== undefined} title={reason} onClick={() => test.mutate({})}>Test</Button>
      {reason && <Text size="sm" c="dimmed">{reason}</Text>}
      <ErrorNote error={test.error} />
      {test.data && (
        <Alert role="status" color={test.data.ok ? 'green' : 'red'} title={test.data.message}>
          <Text size="sm">{test.data.advice}</Text>
          <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>{test.data.reply}</Text>
        </Alert>
      )}
    </Stack>
  )
}
