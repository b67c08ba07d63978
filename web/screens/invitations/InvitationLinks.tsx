/** Links of invitations while the Sandbox captures all mail: whoever invites hands them on himself. Shown this once. */
import { Alert, Code, Group, Text } from '@mantine/core'
import { displayAddress } from '../../ui/address.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'

export function InvitationLinks({ sent }: { sent: { emailAddress: string; url: string | null }[] }) {
  return (
    <>
      <Alert color="lamp" title="No mail leaves: the Sandbox has captured it">Copy the link now and hand it on by a way that you trust. It is shown this once and works for seven days; whoever has it can choose the password.</Alert>
      {sent.map(({ emailAddress, url }) => url && (
        <div key={emailAddress}>
          <Text size="sm" fw={600}>{displayAddress(emailAddress)}</Text>
          <Group gap={4} wrap="nowrap"><Code style={{ overflowWrap: 'anywhere' }}>{url}</Code><CopyButton value={url} what={`link for ${emailAddress}`} /></Group>
        </div>
      ))}
    </>
  )
}
