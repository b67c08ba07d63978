/** The last change of definitions, with its undo while it can be undone. An undo is a change, too. */
import { Group, Paper, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconArrowBackUp } from '@tabler/icons-react'
import * as api from '../../../src/entity-manager/contract.ts'
import { useLook } from '../../api/client.ts'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { UndoLastChange } from './UndoLastChange.tsx'

export function LastChange() {
  const change = useLook(api.lastChange).data?.change
  if (!change) return null
  const ask = () => modals.open({ title: 'Undo the last change?', children: <UndoLastChange /> })
  return (
    <Paper withBorder px="md" py="xs" role="region" aria-label="Last change">
      <Group justify="space-between" gap="sm">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }} miw={0} flex="1 1 240px">Last change: {change.summary} <Text span inherit c="dimmed">{change.userName && `by ${change.userName}, `}<TimeAgo at={change.at} /></Text></Text>
        <ReasonButton size="compact-sm" variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} reason={change.obstacle ?? undefined} onClick={ask}>Undo…</ReasonButton>
      </Group>
    </Paper>
  )
}
