/** The URL to enter at a provider, and what to do with it there. */
import { Code, Group, Stack, Text } from '@mantine/core'
import type { ProviderWebhook } from '../../../src/provider-webhooks/contract.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { setUpWords } from './provider-words.ts'

export function WebhookAddress({ webhook: { url, provider } }: { webhook: ProviderWebhook }) {
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs"><Text size="sm" fw={600}>URL</Text><CopyButton value={url} what="URL" /></Group>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{url}</Code>
      <Text size="sm" c="dimmed">{setUpWords[provider]}</Text>
    </Stack>
  )
}
