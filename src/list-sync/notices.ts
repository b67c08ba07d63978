/** Who hears that a list is not in step any more: whoever switched it on, whoever looks after the list and made it; once, until it is in step again. */
import type { NoticeLevel } from '../notices/kinds.ts'
import { endNotices, notify } from '../notices/notices.ts'
import type { Db, Tx } from '../platform/db.ts'
import { type SyncOutcome, syncOutcomes } from './codes.ts'
import { adviceFor, type Outcome, type Sync } from './sync.ts'

const keyOf = (targetListId: string, outcome: SyncOutcome) => `listSync:${outcome}:${targetListId}`
const faults = syncOutcomes.filter((outcome) => outcome !== 'done')

export async function tellOutcome(tx: Tx, list: { id: string; name: string }, { runAs }: Sync, { outcome, error }: Outcome, now: Date): Promise<void> {
  await endNoticesOf(tx, list.id, now, outcome)
  if (outcome === 'done') return
  const { assignedUserId, createdBy } = await tx.selectFrom('targetList').select(['assignedUserId', 'createdBy']).where('id', '=', list.id).executeTakeFirstOrThrow()
  await notify(tx, {
    kind: 'listSyncStopped', level: levels[outcome], title: titles[outcome](list.name), text: `${error} ${adviceFor[outcome]}`,
    about: { type: 'TargetList', ...list }, to: { userIds: [runAs, assignedUserId, createdBy] }, onceKey: keyOf(list.id, outcome),
  }, now)
}

/** All but that of `lasting`. */
export const endNoticesOf = (db: Db, targetListId: string, now: Date, lasting?: SyncOutcome) =>
  endNotices(db, faults.filter((fault) => fault !== lasting).map((fault) => keyOf(targetListId, fault)), now)

const levels: Record<(typeof faults)[number], NoticeLevel> = { held: 'warning', stopped: 'error', failed: 'error' }
const titles: Record<(typeof faults)[number], (name: string) => string> = {
  held: (name) => `“${name}” would lose more than half of its members`,
  stopped: (name) => `“${name}” cannot be brought in step: a person is needed`,
  failed: (name) => `“${name}” could not be brought in step`,
}
