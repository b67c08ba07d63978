/** Bottom right: the long tasks this person started. Nothing in the product waits for them. */
import { Stack } from '@mantine/core'
import { useEffect } from 'react'
import { type Task, cancelTask, forgetTask, useFollowedTasks, useTask, useTaskEnd } from '../api/task.ts'
import { showUndone, useTakeBack } from '../screens/bin/take-back.tsx'
import type { Undone } from '../../src/undo/contract.ts'
import { TaskCard } from '../ui/TaskCard.tsx'
import { failed } from '../ui/notice.tsx'
import classes from './TaskTray.module.css'

export function TaskTray() {
  const ids = useFollowedTasks()
  if (ids.length === 0) return null
  return (
    <aside className={classes['tray']} aria-label="Tasks">
      <Stack gap="xs">{ids.slice(-4).map((id) => <Followed key={id} id={id} />)}</Stack>
    </aside>
  )
}

const secondsShownWhenDone = 12
/** What can be undone stays long enough to think about it. */
const secondsShownWithNext = 60

function Followed({ id }: { id: string }) {
  const { data: task, error } = useTask(id)
  useTaskEnd(task, () => {})
  const next = useNext(task)
  const shownMs = (next ? secondsShownWithNext : secondsShownWhenDone) * 1000
  const leaves = task?.status === 'done' || task?.status === 'canceled'
  useEffect(() => {
    if (!leaves) return
    const timer = setTimeout(() => forgetTask(id), shownMs)
    return () => clearTimeout(timer)
  }, [leaves, id, shownMs])
  useEffect(() => { if (error?.status === 404) forgetTask(id) }, [error, id])
  if (!task) return null
  return <TaskCard task={task} onCancel={() => { cancelTask(id).catch(failed) }} onClose={() => forgetTask(id)} next={next} />
}

/** A mass deletion or update can be undone, as far as it came; an undo that could not bring back all shows what is missing. */
function useNext(task: Task | undefined): { title: string; onClick: () => void } | undefined {
  const { undoAction } = useTakeBack()
  const result = task?.result as { deleted?: number; updated?: number; notes?: unknown[] } | null | undefined
  if (!task || !result) return undefined
  if (task.kind === 'massAction' && ((result.deleted ?? 0) > 0 || (result.updated ?? 0) > 0)) return { title: 'Undo', onClick: () => { forgetTask(task.id); undoAction(task.id) } }
  if (task.kind === 'undo' && (result.notes?.length ?? 0) > 0) return { title: 'Show what is missing', onClick: () => showUndone(result as Undone) }
  return undefined
}
