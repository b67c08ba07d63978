/** Just before an audience is frozen its lists are brought in step. Where that cannot be, the mass email is held: never on with less exclusion. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { syncLocked } from './run-sync.ts'
import { adviceFor, type Outcome } from './sync.ts'

export type Hold = { targetListId: string; name: string; message: string; advice: string }
type Audience = { massEmailId: string; targetListIds: readonly string[]; excludingTargetListIds: readonly string[] }

/** In the freezing transaction. Always in the same order, so that two who want the same lists never wait for each other in a circle. */
export async function bringListsInStep(tx: Tx, { massEmailId, targetListIds, excludingTargetListIds }: Audience, now: Date): Promise<Hold[]> {
  const ids = [...new Set([...targetListIds, ...excludingTargetListIds])].sort()
  const failed = []
  for (const id of ids) {
    const outcome = await syncLocked(tx, id, { why: 'freeze', massEmailId, now })
    if (outcome && outcome.outcome !== 'done') failed.push({ id, ...outcome })
    // It may have been waited for; one is enough to hold it.
    if (outcome?.outcome === 'failed') break
  }
  await writeHolds(tx, massEmailId, failed, now)
  return holdsOf(tx, massEmailId)
}

async function writeHolds(tx: Tx, massEmailId: string, failed: readonly (Outcome & { id: string })[], now: Date): Promise<void> {
  await tx.deleteFrom('syncHold').where('massEmailId', '=', massEmailId).execute()
  if (failed.length === 0) return
  await tx.insertInto('syncHold').values(failed.map(({ id, outcome, error }) => ({ massEmailId, targetListId: id, outcome, message: error ?? '', since: now }))).execute()
}

/** Why a mass email that is due waits; none where nothing holds it. */
export async function holdsOf(db: Db, massEmailId: string): Promise<Hold[]> {
  const rows = await db.selectFrom('syncHold').innerJoin('targetList', 'targetList.id', 'syncHold.targetListId')
    .select(['syncHold.targetListId', 'targetList.name', 'syncHold.outcome', 'syncHold.message'])
    .where('syncHold.massEmailId', '=', massEmailId).orderBy('targetList.name').execute()
  return rows.map(({ outcome, ...hold }) => ({ ...hold, advice: adviceFor[outcome as keyof typeof adviceFor] }))
}

/** Of mass emails that wait no more. */
export async function forgetHolds(db: Db): Promise<void> {
  await sql`delete from sync_hold h using mass_email m where m.id = h.mass_email_id and (m.status <> 'pending' or m.deleted_at is not null)`.execute(db)
}
