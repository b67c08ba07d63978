/** An import, or a dry run, that is running: how far it is, and the way to stop it. */
import { Button, Group } from '@mantine/core'
import { cancelTask, type Task } from '../../api/task.ts'
import { failed } from '../../ui/notice.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'

export function UnderWay({ task, hint }: { task: Pick<Task, 'id' | 'progress' | 'status'>; hint: string }) {
  return (
    <Group align="flex-start" wrap="nowrap">
      <div style={{ flex: 1 }}><ProgressBar {...task.progress} label="Rows read" hint={task.status === 'queued' ? 'Waiting for a worker' : hint} moving /></div>
      <Button size="compact-sm" variant="default" onClick={() => { cancelTask(task.id).catch(failed) }}>Cancel</Button>
    </Group>
  )
}
