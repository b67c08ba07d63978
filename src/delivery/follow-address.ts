/** Somebody's address changed after freezing: the delivery follows to the new one, if that is not in the ledger and may be mailed. */
import { sql } from 'kysely'
import { audienceTypes } from '../audience/mailable.ts'
import { type FrozenAudience, stillAllowed } from '../audience/still-allowed.ts'
import { countPeopleInLanes } from '../log/people-counted.ts'
import type { Db, Tx } from '../platform/db.ts'
import { sqlState } from '../platform/errors.ts'
import { definitionOf } from '../records/entity-types.ts'
import type { Delivery } from './ledger.ts'

/** True when the delivery waits again, under its number but in the lane of its new address; false when nothing was changed. */
export async function followAddress(db: Db, delivery: Delivery, senderId: number, audience: FrozenAudience): Promise<boolean> {
  try {
    return await db.transaction().execute((tx) => follow(tx, delivery, senderId, audience))
  } catch (error) {
    // Another delivery got to the same new address first.
    if (sqlState(error) === '23505') return false
    throw error
  }
}

async function follow(tx: Tx, delivery: Delivery, senderId: number, audience: FrozenAudience): Promise<boolean> {
  const target = await newPlace(tx, delivery, audience)
  if (!target) return false
  const { lane, id, massEmailId, campaignId } = delivery
  const { numAffectedRows } = await sql`
    with moved as (
      delete from delivery where lane = ${lane} and id = ${id} and status = 'sending' and sender_id = ${senderId} returning *)
    insert into delivery (lane, id, mass_email_id, entity_type, record_id, email_address, email_key, sandbox, due_at, account_id, template_version_id)
    overriding system value
    select ${target.lane}, id, mass_email_id, entity_type, record_id, ${target.emailAddress}, lower(${target.emailAddress}), sandbox, due_at, account_id, template_version_id
      from moved`.execute(tx)
  if (numAffectedRows !== 1n) return false
  await countPeopleInLanes(tx, massEmailId, campaignId, [...new Set([lane, target.lane])])
  return true
}

/** Where the record's present address belongs; null when it may not be mailed or somebody has it already. */
async function newPlace(tx: Tx, { massEmailId, entityType, recordId }: Delivery, audience: FrozenAudience): Promise<{ lane: number; emailAddress: string } | null> {
  const { rows } = await sql<{ lane: number; emailAddress: string; hindrance: string | null; taken: boolean }>`
    select lane_of(present.email_key) as lane, present.email_address, ${stillAllowed('present', audience, audienceTypes())} as hindrance,
           exists (select from delivery d where d.lane = lane_of(present.email_key) and d.mass_email_id = ${massEmailId} and d.email_key = present.email_key and not d.test) as taken
      from (select ${entityType}::text as entity_type, id as record_id, email_address, email_key
              from ${sql.table(definitionOf(entityType).table)} where id = ${recordId}) present`.execute(tx)
  const found = rows[0]
  return found && found.hindrance === null && !found.taken ? { lane: found.lane, emailAddress: found.emailAddress } : null
}
