/** Moves a mass email from status to status: one row lock makes "read the status, decide, write it" one act. */
import { sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { Tables } from '../platform/tables.ts'
import { dropApproval } from './approval.ts'
import { idsOf, listsOfMassEmails, setMassEmailLists } from './lists.ts'
import { type MassEmailStatus, type MassEmailStep, nextStatus } from './mass-email.ts'
import { expectReady } from './preflight-facts.ts'

/** Locked for the caller. One that was deleted is not found. */
export async function lockMassEmail(tx: Tx, id: string) {
  const row = isId(id)
    ? await tx.selectFrom('massEmail').selectAll().where('id', '=', id).where('deletedAt', 'is', null).forUpdate().executeTakeFirst()
    : undefined
  if (!row) throw notFound('mass email', id)
  return row
}

/** What a step may set beside the status: freezing sets frozenAt, frozen, funnel and templateVersionId; others a notice or reason. */
export type StepChange = Pick<Updateable<Tables['massEmail']>,
  'frozenAt' | 'frozen' | 'funnel' | 'templateVersionId' | 'notice' | 'noticeCode' | 'pausedReason' | 'authorId' | 'openedThrough' | 'completedAt' | 'safetyAccepted' | 'scheduledAt'>

/** Takes the step or throws 409 stepNotAllowed, or preflightFailed on the way to Pending; answers the row as it is then. */
export async function takeStep(tx: Tx, id: string, step: MassEmailStep, now: Date, change: StepChange = {}) {
  const row = await lockMassEmail(tx, id)
  const status = nextStatus({ status: row.status as MassEmailStatus, frozen: row.frozenAt !== null }, step)
  // Also of what was held before it started: the account or the Public URL may be others now.
  if (status === 'pending') await expectReady(tx, id, now, change.authorId ?? row.authorId)
  if (step === 'backToDraft') await dropApproval(tx, id)
  if (step === 'start') await fixLists(tx, id)
  return tx.updateTable('massEmail')
    .set({ ...effects(step, now), ...change, status, version: row.version + 1, modifiedAt: now })
    .where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

/** What a step does by itself: reasons belong to the status they explain. */
function effects(step: MassEmailStep, now: Date): StepChange {
  if (step === 'complete') return { completedAt: now, pausedReason: null }
  if (step === 'retryFailed' || step === 'sendToNew' || step === 'sendAgain') return { completedAt: null }
  if (step === 'schedule') return { noticeCode: null, scheduledAt: now }
  if (step === 'start') return { noticeCode: null }
  return step === 'resume' ? { pausedReason: null, noticeCode: null } : {}
}

/** From now on the mass email has these lists, whatever becomes of the campaign's. */
async function fixLists(tx: Tx, id: string): Promise<void> {
  const lists = (await listsOfMassEmails(tx, [id])).get(id)!
  await setMassEmailLists(tx, id, idsOf(lists))
}

/** What is unsent goes out in this version of the template. */
export const sendVersion = (tx: Tx, id: string, templateVersionId: string, now: Date) =>
  tx.updateTable('massEmail').set(({ eb }) => ({ templateVersionId, version: eb('version', '+', 1), modifiedAt: now })).where('id', '=', id).execute()

/** Cancels every mass email of a campaign that may still send. */
export async function cancelLive(tx: Tx, campaignId: string, now: Date): Promise<string[]> {
  const live = await tx.selectFrom('massEmail').select('id').where('campaignId', '=', campaignId)
    .where('status', 'in', ['pending', 'inProcess', 'paused']).orderBy('id').execute()
  for (const { id } of live) await takeStep(tx, id, 'cancel', now)
  return live.map(({ id }) => id)
}

/**
 * The next mass email whose Date Start has come, of an active campaign, locked for the caller, but `except` these; another process asking now gets the
 * one after it. Those that were held come last, the one that was tried longest ago before the others: what holds them may take long.
 */
export const lockNextDue = (tx: Tx, now: Date, except: readonly string[] = []) =>
  tx.selectFrom('massEmail').selectAll('massEmail')
    .innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
    .where('massEmail.status', '=', 'pending').where('massEmail.dateStart', '<=', now).where('massEmail.deletedAt', 'is', null)
    .where('campaign.status', '=', 'active').where('campaign.deletedAt', 'is', null)
    .where(sql<boolean>`mass_email.id <> all(${[...except]}::uuid[])`)
    .orderBy(sql`(select max(h.since) from sync_hold h where h.mass_email_id = mass_email.id) nulls first`).orderBy('massEmail.dateStart').orderBy('massEmail.id')
    .limit(1).forUpdate('massEmail').skipLocked().executeTakeFirst()

/** Deliveries up to this id are open to the senders; 0 closes the batch. */
export const openThrough = (db: Db, id: string, deliveryId: number) =>
  db.updateTable('massEmail').set({ openedThrough: deliveryId }).where('id', '=', id).where('status', '=', 'inProcess').execute()
