/** Long tasks of the server: follow one to its end, keep the list of those this person started, stop one. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { ApiError } from './problem.ts'
import { request } from './request.ts'

export type Task = {
  id: string
  kind: string
  title: string
  status: 'queued' | 'running' | 'done' | 'failed' | 'canceled'
  progress: { done: number; total: number }
  result: Record<string, unknown> | null
  error: string | null
}

export const isOver = ({ status }: Task) => status === 'done' || status === 'failed' || status === 'canceled'

const path = (id: string) => `/api/v1/tasks/${id}`
export const cancelTask = (id: string) => request<void>('DELETE', path(id))

/** A task and how it goes, read twice a second until it is over. */
export function useTask(id: string | null | undefined) {
  return useQuery<Task, ApiError>({
    queryKey: ['task', id],
    queryFn: ({ signal }) => request<Task>('GET', path(id!), { signal }),
    enabled: Boolean(id),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 500),
  })
}

/** Calls `done` once when the task is over, and reads everything on screen again: a task may have changed anything. */
export function useTaskEnd(task: Task | undefined, done: (task: Task) => void) {
  const client = useQueryClient()
  const over = task !== undefined && isOver(task)
  useEffect(() => {
    if (!over) return
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'task' })
    done(task)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once a task, whatever else changes
  }, [over, task?.id])
}

// The tasks in the tray outlive a page load, not the browser tab.
const store = 'tidings-tasks'
let followed: readonly string[] = JSON.parse(sessionStorage.getItem(store) ?? '[]') as string[]
const listeners = new Set<() => void>()

function keep(ids: readonly string[]) {
  followed = ids
  sessionStorage.setItem(store, JSON.stringify(ids))
  for (const listener of listeners) listener()
}

/** Shows a task in the tray. Give it what a 202 answered. */
export const followTask = ({ id }: { id: string }) => keep([...followed.filter((other) => other !== id), id])
export const forgetTask = (id: string) => keep(followed.filter((other) => other !== id))

export const useFollowedTasks = (): readonly string[] => useSyncExternalStore(
  (listener) => { listeners.add(listener); return () => listeners.delete(listener) },
  () => followed,
)

/** Actions that may be long answer a result or `{task}`: follows the task if it is one, and says which it was. */
export function followIfTask(answer: unknown): answer is { task: Task } {
  const task = (answer as { task?: Task } | undefined)?.task
  if (task) followTask(task)
  return task !== undefined
}
