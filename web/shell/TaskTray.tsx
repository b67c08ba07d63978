/** Bottom right: the long tasks this person started. Nothing in the product waits for them. */
import { Stack } from '@mantine/core'
import { useEffect } from 'react'
import { cancelTask, forgetTask, useFollowedTasks, useTask, useTaskEnd } from '../api/task.ts'
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

function Followed({ id }: { id: string }) {
  const { data: task, error } = useTask(id)
  useTaskEnd(task, () => {})
  const leaves = task?.status === 'done' || task?.status === 'canceled'
  useEffect(() => {
    if (!leaves) return
    const timer = setTimeout(() => forgetTask(id), secondsShownWhenDone * 1000)
    return () => clearTimeout(timer)
  }, [leaves, id])
  useEffect(() => { if (error?.status === 404) forgetTask(id) }, [error, id])
  if (!task) return null
  return <TaskCard task={task} onCancel={() => { cancelTask(id).catch(failed) }} onClose={() => forgetTask(id)} />
}
