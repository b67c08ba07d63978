/**
 * Clicks and opens on their way into the log, each answered when it is committed. As long as there are few, each stands in the log before
 * its answer. When many come, one insert a batch takes them into the journal, from where they follow within a moment: so a click costs
 * little however many there are, and a process that dies loses none.
 */
import type { Db } from '../platform/db.ts'
import { groupCommit } from '../platform/group-commit.ts'
import type { Log } from '../platform/log.ts'
import { startLoop } from '../platform/loop.ts'
import { again } from './again.ts'
import { lanesInJournal, putInJournal, takeFromJournal } from './journal.ts'
import { oneOfMany } from './slots.ts'
import type { Visit } from './visit.ts'
import { logVisits } from './visit-log.ts'

export type Visits = {
  /** Resolves when the visit cannot be lost any more. */
  record(visit: Visit): Promise<void>
  /** Brings everything in the journal into the log, also what another process left there. */
  drain(): Promise<void>
}

/** So many at once, and so many a second, go straight into the log. */
const directBurst = 200
const directPerSecond = 50
/** Lanes that are written at the same time; the rest of the connections is for everybody else. */
const lanesAtOnce = 6
/** Between two rounds over a busy journal: the longer, the more visits share the cost of a lane's transaction. */
const roundMs = 200
const takenAtOnce = 1000

export function openVisits(db: Db, log: Log): Visits {
  const budget = tokenBucket(directBurst, directPerSecond)
  const inSlot = oneOfMany(lanesAtOnce)
  let draining: Promise<void> | undefined

  const drain = () => { draining ??= drainJournal(db).finally(() => { draining = undefined }); return draining }
  const batches = groupCommit(async (visits: Visit[]) => {
    if (budget.take(visits.length)) await logDirectly(db, visits, inSlot)
    else {
      await putInJournal(db, visits)
      drain().catch((error: Error) => log.error({ error: error.message }, 'visits wait in the journal'))
    }
    return visits
  }, 1000)

  return { record: async (visit) => { await batches.add(visit) }, drain }
}

/** Looks after the journal while a process serves pages, and brings in what another one left there. Stop it after the last page was served. */
export function startDraining(visits: Visits, log: Log): { stop(): Promise<void> } {
  const loop = startLoop({ name: 'visits', everyMs: 5000, log, work: () => visits.drain() })
  return {
    async stop() {
      await loop.stop()
      // What cannot be brought in now stays in the journal for the next start.
      await visits.drain().catch(() => {})
    },
  }
}

async function logDirectly(db: Db, visits: Visit[], inSlot: ReturnType<typeof oneOfMany>): Promise<void> {
  const lanes = new Map<number, Visit[]>()
  for (const visit of visits) lanes.set(visit.lane, [...(lanes.get(visit.lane) ?? []), visit])
  const written = await Promise.allSettled([...lanes].map(([lane, ofLane]) =>
    inSlot(() => again(() => db.transaction().execute((tx) => logVisits(tx, lane, ofLane))))))
  // What one lane could not take waits in the journal: the others are in the log already and must not be told to come again.
  const failed = [...lanes.values()].filter((_, index) => written[index]!.status === 'rejected').flat()
  if (failed.length > 0) await putInJournal(db, failed)
}

async function drainJournal(db: Db): Promise<void> {
  for (let lanes = await lanesInJournal(db); lanes.length > 0; lanes = await lanesInJournal(db)) {
    for (const lane of lanes) {
      await again(() => db.transaction().execute(async (tx) => {
        const visits = await takeFromJournal(tx, lane, takenAtOnce)
        if (visits.length > 0) await logVisits(tx, lane, visits)
      }))
    }
    await new Promise((resolve) => setTimeout(resolve, roundMs))
  }
}

/** Holds up to `burst`, refilled by `perSecond`; `take` answers whether there was enough for all. */
function tokenBucket(burst: number, perSecond: number) {
  let left = burst
  let at = performance.now()
  return {
    take(count: number): boolean {
      const now = performance.now()
      left = Math.min(burst, left + ((now - at) / 1000) * perSecond)
      at = now
      if (left < count) return false
      left -= count
      return true
    },
  }
}
