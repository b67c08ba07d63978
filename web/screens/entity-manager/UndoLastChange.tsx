/** Asks before the last change is undone, and says what is set aside with it. That is counted only now: it may take a moment. */
import { Button, Group, List, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import * as api from '../../../src/entity-manager/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { definitionReads } from './definition-reads.ts'

export function UndoLastChange() {
  const look = useLook(api.lossesOfUndo)
  const undo = useAction(api.undoLastChange, { refreshes: definitionReads, done: ({ undone }) => { modals.closeAll(); succeeded(`Undone: ${undone.summary}`) } })
  // What was counted for an earlier question says nothing about this one.
  const answer = look.isFetching ? undefined : look.data
  const change = answer?.change
  return (
    <Stack>
      <ErrorNote error={look.error ?? undo.error} />
      {answer ? <Losses {...answer} /> : !look.error && <Waiting lines={3} />}
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={() => modals.closeAll()}>Cancel</Button>
        <Button {...(answer && answer.losses.length > 0 && { color: 'red' })} disabled={!change} loading={undo.isPending} onClick={() => change && undo.mutate({ body: { id: change.id } })}>Undo the change</Button>
      </Group>
    </Stack>
  )
}

function Losses({ change, losses }: { change: api.LastChange | null; losses: string[] }) {
  if (!change) return <Text size="sm">There is nothing to undo any more.</Text>
  return (
    <>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{change.summary}{change.userName && `, by ${change.userName}`}.</Text>
      {losses.length === 0 ? <Text size="sm">Nothing is lost with it.</Text> : (
        <div>
          <Text size="sm" mb={6}>This goes:</Text>
          <List size="sm" spacing={6} style={{ overflowWrap: 'anywhere' }}>{losses.map((loss) => <List.Item key={loss}>{loss}.</List.Item>)}</List>
        </div>
      )}
      <Text size="sm">The undo can itself be undone until the next change here, and for 30 days at most; then what went comes back.</Text>
    </>
  )
}
