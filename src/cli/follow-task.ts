/** Waits for a background task that a command has queued. When no server works on the database, this process does the work. */
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../platform/errors.ts'
import { readTask, type Task } from '../platform/task.ts'
import { startTidings, type Tidings } from '../services.ts'
import type { Installation } from './installation.ts'

/** A server that is free takes a task at once. */
const patienceMs = 2_000

/** The task when it is done. A failed or canceled one is an error with its own words. */
export async function followTask({ db, environment }: Installation, id: string): Promise<Task> {
  const impatientAt = Date.now() + patienceMs
  let own: Tidings | undefined
  try {
    for (;;) {
      const task = await readTask(db, id)
      if (task.status === 'done') return task
      if (task.status !== 'queued' && task.status !== 'running') throw new AppError('conflict', 'taskFailed', task.error ?? `The task was ${task.status}.`)
      if (task.status === 'queued' && !own && Date.now() > impatientAt) own = await startTidings({ ...environment, roles: ['worker', 'sender'], logLevel: 'silent' })
      await wait(100)
    }
  } finally {
    await own?.close()
  }
}
