/** The only change an entry of the log ever sees beside its repeats: what was learned later joins its detail. Action, time and person stay. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { jsonFor } from '../platform/json.ts'
import type { Action } from './entry.ts'

export type Later = { deliveryId: number; action: Action; subject: string; detail: object }

/** Of one lane. An entry that is not there stays away. */
export async function addDetail(tx: Tx, lane: number, given: readonly Later[]): Promise<void> {
  for (const { deliveryId, action, subject, detail } of given) {
    await sql`
      update log_entry set detail = detail || ${jsonFor(detail)}::jsonb
       where lane = ${lane} and delivery_id = ${deliveryId} and action = ${action} and subject = ${subject} and not machine`.execute(tx)
  }
}

/** What is in the log about these deliveries of one lane. */
export async function loggedBefore(tx: Tx, lane: number, deliveryIds: readonly number[], actions: readonly Action[]): Promise<Set<string>> {
  const { rows } = await sql<Omit<Later, 'detail'>>`
    select delivery_id, action, subject from log_entry
     where lane = ${lane} and delivery_id = any(${deliveryIds}::bigint[]) and action = any(${actions}::text[]) and not machine`.execute(tx)
  return new Set(rows.map(entryKey))
}

export const entryKey = ({ deliveryId, action, subject }: Omit<Later, 'detail'>): string => `${deliveryId} ${action} ${subject}`
