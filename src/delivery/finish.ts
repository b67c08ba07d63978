/** Ends: a mass email with nothing left to send is Complete; what a canceled one had not sent is Skipped. */
import { type RawBuilder, sql } from 'kysely'
import { takeStep } from '../campaign/steps.ts'
import type { Db } from '../platform/db.ts'
import { skipped } from './judge.ts'
import type { Delivery } from './ledger.ts'
import { tellCanceled, tellComplete } from './mass-email-notices.ts'
import { settleIn } from './settle.ts'
import { isToBeSentAgain, type UncertainPolicy } from './uncertain.ts'

type Ending = Pick<UncertainPolicy, 'neverTwice' | 'retryForHours'>

/** Complete once nothing waits, is on the wire, or is Uncertain and to be sent again. Asked after each batch of settlements. */
export async function completeDone(db: Db, massEmailIds: Iterable<string>, settings: Ending, now: Date): Promise<number> {
  const ids = [...massEmailIds]
  if (ids.length === 0) return 0
  let completed = 0
  for (const id of await withNothingLeft(db, ids, settings, now)) {
    await db.transaction().execute(async (tx) => {
      // Asked again under the lock: Retry Failed and Send to New take the same one.
      await tx.selectFrom('massEmail').select('id').where('id', '=', id).forUpdate().execute()
      if ((await withNothingLeft(tx, [id], settings, now)).length === 0) return
      await takeStep(tx, id, 'complete', now, { openedThrough: 0 })
      await tellComplete(tx, id, now)
      completed++
    })
  }
  return completed
}

export async function completeAllDone(db: Db, settings: Ending, now: Date): Promise<number> {
  const rows = await db.selectFrom('massEmail').select('id').where('status', '=', 'inProcess').execute()
  return completeDone(db, rows.map(({ id }) => id), settings, now)
}

async function withNothingLeft(db: Db, ids: readonly string[], settings: Ending, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.id from mass_email m
     where m.id = any(${ids}::uuid[]) and m.status = 'inProcess' and m.deleted_at is null and not exists (
       select from delivery d where d.mass_email_id = m.id and d.status in ('pending', 'sending', 'uncertain') and not d.test
         and (d.status <> 'uncertain' or ${isToBeSentAgain(settings, now)}))`.execute(db)
  return rows.map(({ id }) => id)
}

export const skipBatch = 1_000

/** Skips what canceled mass emails have not sent. Answers how many; at most `limit`, the rest is for the next call. */
export async function skipCanceled(db: Db, now: Date, limit = 20_000): Promise<number> {
  const { rows } = await sql<{ massEmailId: string; campaignId: string; lane: number }>`
    select m.id as mass_email_id, m.campaign_id, lanes.lane from mass_email m, generate_series(0, 63) as lanes (lane)
     where m.status in ('canceled', 'failed') and m.frozen_at is not null
       and exists (select from delivery d where d.mass_email_id = m.id and d.status = 'pending')
       and exists (select from delivery d where d.lane = lanes.lane and d.mass_email_id = m.id and d.status = 'pending' and not d.test)`.execute(db)
  return skipIn(db, rows, { which: sql<boolean>`true`, why: 'canceled' }, now, limit)
}

export type Skipping = { which: RawBuilder<boolean>; why: 'canceled' | 'notMailable' }

async function skipIn(db: Db, places: readonly InLane[], skipping: Skipping, now: Date, limit: number): Promise<number> {
  let count = 0
  for (const place of places) {
    for (let done = skipBatch; done === skipBatch && count < limit; count += done) done = await skipInLane(db, place, skipping, now)
  }
  return count
}

export type InLane = { massEmailId: string; campaignId: string; lane: number }

/** Answers how many; as many as a batch holds when there may be more. */
export const skipInLane = (db: Db, { massEmailId, campaignId, lane }: InLane, { which, why }: Skipping, now: Date): Promise<number> => db.transaction().execute(async (tx) => {
  const { rows } = await sql<Omit<Delivery, 'lane' | 'massEmailId' | 'campaignId'>>`
    with unsent as (
      select id from delivery where lane = ${lane} and mass_email_id = ${massEmailId} and status = 'pending' and not test and ${which}
       order by id limit ${skipBatch} for update skip locked)
    update delivery d set status = 'sending', sender_id = null from unsent where d.lane = ${lane} and d.id = unsent.id
    returning d.id, d.entity_type, d.record_id, d.email_address, d.attempts, d.first_tried_at`.execute(tx)
  const settlements = rows.map((row) => skipped({ ...row, massEmailId, campaignId, lane }, why).settlement)
  if (settlements.length > 0) await settleIn(tx, lane, null, settlements, now)
  return rows.length
})

/** Deleting a template cancels what is unsent of the mass emails that were frozen with it. */
export async function cancelWithoutTemplate(db: Db, now: Date): Promise<void> {
  const rows = await db.selectFrom('massEmail').innerJoin('emailTemplate', 'emailTemplate.id', 'massEmail.emailTemplateId').select('massEmail.id')
    .where('massEmail.status', 'in', ['inProcess', 'paused']).where('emailTemplate.deletedAt', 'is not', null).where('massEmail.deletedAt', 'is', null).execute()
  const notice = 'Its email template was deleted, so what was not sent yet was canceled.'
  for (const { id } of rows) {
    await db.transaction().execute(async (tx) => {
      await takeStep(tx, id, 'cancel', now, { notice })
      await tellCanceled(tx, id, notice, now)
    })
  }
}
