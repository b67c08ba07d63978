/** How a form comes onto a site: its link, HTML for a page of one's own, or a program that posts JSON. */
import { Code, Group, Stack, Text } from '@mantine/core'
import type { OneSubscriptionForm } from '../../../src/forms/contract.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Panel } from '../../ui/Panel.tsx'

export function EmbedPanel({ saved: { url, html, json, consentText } }: { saved: OneSubscriptionForm }) {
  const version = consentText ? ' Copy it again when the consent text has changed: the proof names the version that stood there.' : ''
  return (
    <Stack>
      <Panel title="Link"><Copyable value={url} what="link">The hosted page. It works without JavaScript, on a phone, in five languages.</Copyable></Panel>
      <Panel title="HTML"><Copyable value={html} what="HTML">For a page of yours; style it as you like. The hidden field catches machines: leave it in.{version}</Copyable></Panel>
      <Panel title="JSON">
        <Copyable value={json} what="JSON">For a script on your site: any site may post. It answers <Code>{'{ status, message }'}</Code>, or what is wrong with each field.</Copyable>
      </Panel>
    </Stack>
  )
}

function Copyable({ value, what, children }: { value: string; what: string; children: React.ReactNode }) {
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start"><Text size="sm" c="dimmed">{children}</Text><CopyButton value={value} what={what} /></Group>
      <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{value}</Code>
    </Stack>
  )
}
