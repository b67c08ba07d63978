/** The last change of definitions, with its undo while it can be undone. */
import { Button, Group, Paper, Text } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import * as api from '../../../src/entity-manager/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import { failed, succeeded } from '../../ui/notice.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { definitionReads } from './definition-reads.ts'

export function LastChange() {
  const change = useLook(api.lastChange).data?.change
  const undo = useAction(api.undoLastChange, { refreshes: definitionReads, done: ({ undone }) => succeeded(`Undone: ${undone.summary}`) })
  if (!change) return null
  return (
    <Paper withBorder px="md" py="xs" role="region" aria-label="Last change">
      <Group justify="space-between" gap="sm">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }} miw={0} flex="1 1 240px">Last change: {change.summary} <Text span inherit c="dimmed">{change.userName && `by ${change.userName}, `}<TimeAgo at={change.at} /></Text></Text>
        <Button size="compact-sm" variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} loading={undo.isPending} onClick={() => undo.mutate({ body: { id: change.id } }, { onError: failed })}>Undo</Button>
      </Group>
    </Paper>
  )
}
