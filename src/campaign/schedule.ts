/** Draft → Pending; and what a change of the campaign means for its mass emails that wait or are going out. */
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Db, Tx } from '../platform/db.ts'
import { dropApproval, expectNoApprovalNeeded } from './approval.ts'
import { expectMayMail } from './campaign-rights.ts'
import { takeStep } from './steps.ts'

/** Whoever does it is the author, with whose rights the audience is read. One who needs approval asks for it instead (approvals.ts). */
export async function schedule(tx: Tx, actor: Actor, { id, name }: { id: string; name: string }, now: Date): Promise<void> {
  await expectMayMail(tx, actor, id)
  expectNoApprovalNeeded(actor)
  await dropApproval(tx, id)
  await takeStep(tx, id, 'schedule', now, { authorId: actor.userId, notice: null })
  await audit(tx, actor, 'massEmailScheduled', { type: 'MassEmail', id, name })
}

/** What was held before it started is changed: it waits in the name of whoever changed it, and goes on once somebody resumes it. */
export async function holdInNameOf(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
  await expectMayMail(tx, actor, id)
  expectNoApprovalNeeded(actor, 'Somebody who needs none has to change what waits already.')
  await tx.updateTable('massEmail').set({ authorId: actor.userId, scheduledAt: now }).where('id', '=', id).execute()
}

/**
 * The lists of a campaign are others now. What waits with them is set Pending anew by whoever changed them: it would go to other
 * people under the name of somebody who never saw them.
 */
export async function scheduleAnew(tx: Tx, actor: Actor, campaignId: string, now: Date): Promise<void> {
  const waiting = await tx.selectFrom('massEmail').select(['id', 'name', 'status'])
    .where('campaignId', '=', campaignId).where('status', 'in', ['pending', 'paused']).where('frozenAt', 'is', null).where('deletedAt', 'is', null)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('massEmailTargetList').select('targetListId').whereRef('massEmailId', '=', 'massEmail.id'))))
    .orderBy('id').forUpdate().execute()
  for (const massEmail of waiting) {
    if (massEmail.status === 'paused') {
      await holdInNameOf(tx, actor, massEmail.id, now)
      continue
    }
    await takeStep(tx, massEmail.id, 'backToDraft', now)
    await schedule(tx, actor, massEmail, now)
  }
}

/** Whether something goes out, or goes on, once the campaign is active. */
export const waitsForActive = async (db: Db, campaignId: string): Promise<boolean> =>
  (await db.selectFrom('massEmail').select('id').where('campaignId', '=', campaignId).where('status', 'in', ['pending', 'inProcess'])
    .where('deletedAt', 'is', null).limit(1).execute()).length > 0
