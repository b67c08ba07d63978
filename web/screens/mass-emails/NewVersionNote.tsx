/** Paused, and the template has changed since: the rest may go out as it is now. */
import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { IconFileDiff } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { takeNewVersion } from '../../../src/delivery/contract.ts'
import { useAction } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { massEmailReads } from './use-steps.tsx'

export function NewVersionNote({ massEmail: { id, newVersion, emailTemplateId, emailTemplateName } }: { massEmail: MassEmail }) {
  const action = useAction(takeNewVersion, {
    refreshes: massEmailReads,
    done: ({ deliveries }) => succeeded(`${counted(deliveries, 'delivery', 'deliveries')} will go out in the new version. Resume it when you are ready.`),
  })
  if (!newVersion) return null
  return (
    <Alert color="tide" variant="light" icon={<IconFileDiff aria-hidden />} title="Its template has changed since">
      <Text size="sm"><Anchor component={Link} to={paths.template(emailTemplateId!)} inherit underline="always">{emailTemplateName}</Anchor> is not what was frozen any more. What is not sent yet stays as it was, unless you say otherwise. What was sent keeps its version.</Text>
      {action.error && <ErrorNote error={action.error} />}
      <Group mt="sm"><Button loading={action.isPending} onClick={() => action.mutate({ params: { id } })}>Use the new version for the rest</Button></Group>
    </Alert>
  )
}
