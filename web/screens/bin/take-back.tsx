/** Takes back a deletion, a mass update or a merge, from wherever it is offered, and tells what did not come back. */
import { Anchor, List, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import * as records from '../../../src/records/contract.ts'
import * as api from '../../../src/undo/contract.ts'
import { useAction } from '../../api/client.ts'
import { followTask } from '../../api/task.ts'
import { failed, succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'

const refreshes = [records.listRecords, records.readRecord, api.listBin, api.listActions]

export function useTakeBack() {
  const restore = useAction(api.restoreRecord, { refreshes, done: tellUndone })
  const undo = useAction(api.undoAction, { refreshes, done: ({ task }) => { if (task.status === 'done') tellUndone(task.result as api.Undone); else followTask(task) } })
  return {
    /** One deleted record, by its id. */
    restoreRecord: (id: string) => restore.mutate({ params: { id } }, { onError: failed }),
    /** A whole action; of a mass action the id is that of its task. */
    undoAction: (id: string) => undo.mutate({ params: { id } }, { onError: failed }),
    busy: restore.isPending || undo.isPending,
  }
}

function tellUndone(undone: api.Undone) {
  if (undone.notes.length > 0) showUndone(undone)
  else succeeded(undone.restored > 0 ? `${counted(undone.restored, 'record')} back as before.` : 'There was nothing to bring back.')
}

/** What came back only in part, or not at all, record by record. */
export function showUndone({ restored, notRestored, notes }: api.Undone) {
  modals.open({
    title: notRestored > 0 ? `${restored.toLocaleString()} back, ${notRestored.toLocaleString()} not` : `${counted(restored, 'record')} back, with a word on some`,
    children: (
      <>
        <List size="sm" spacing={4}>{notes.map(({ id, name, reason }, index) => <List.Item key={`${id}${index}`}><b>{name || 'No name'}</b>: {reason}</List.Item>)}</List>
        {notRestored > notes.length && <Text size="sm" c="dimmed" mt="sm">These are the first ones. What is still in the <Anchor href="/bin" inherit underline="always">bin</Anchor> has its reason there.</Text>}
      </>
    ),
  })
}
