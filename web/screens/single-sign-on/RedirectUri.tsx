/** The address to enter at the provider, to be copied. */
import { Code, Group, Stack, Text } from '@mantine/core'
import { CopyButton } from '../../ui/CopyButton.tsx'

export function RedirectUri({ uri }: { uri: string }) {
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs"><Text size="sm" fw={600}>Redirect URI</Text><CopyButton value={uri} what="redirect URI" /></Group>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{uri}</Code>
      <Text size="sm" c="dimmed">Enter it at the provider. It follows the Site URL of Settings, where people open Tidings.</Text>
    </Stack>
  )
}
