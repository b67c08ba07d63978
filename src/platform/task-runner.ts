/** Runs background tasks in this process: jobs and long work in slots of their own, so that an import never holds up the sending. */
import { poolOf, type Db } from './db.ts'
import type { Clock } from './clock.ts'
import { listen } from './listen.ts'
import type { Log } from './log.ts'
import { startLoop } from './loop.ts'
import { runNextTask, type TaskKind } from './task.ts'

/** How many tasks of a group may run at once in one process. */
export type TaskGroup = { kinds: Record<string, TaskKind>; slots: number }

/** Looked at this often should a notification be lost; else tasks start at once. */
const pollMs = 2_000

export async function startTaskRunner({ db, clock, log, groups }: { db: Db; clock: Clock; log: Log; groups: TaskGroup[] }) {
  const loops = groups.flatMap(({ kinds, slots }, group) => Array.from({ length: slots }, (_, slot) =>
    startLoop({ name: `tasks ${group}.${slot}`, everyMs: pollMs, log, work: (signal) => runNextTask(db, kinds, clock, signal) })))
  const listener = await listen(poolOf(db), 'tidings_task', () => loops.forEach((loop) => loop.nudge()))
  return {
    async stop() {
      await listener.close()
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}
