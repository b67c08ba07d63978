/** Addresses that a server called dead: invalid, unless their whole domain seems to be out of order; then nobody of it is judged. */
import { sql } from 'kysely'
import type { NewSuppression } from '../audience/suppressions.ts'
import { judgeDeadAddresses, type Place } from '../pace/outages.ts'
import type { Tx } from '../platform/db.ts'
import { addressKey } from '../platform/email-address.ts'
import type { Settlement } from './settle.ts'

const isDead = ({ reasonCode, test }: Settlement) => reasonCode === 'deadAddress' && !test

/** Answers the settlements as they are to be written. */
export async function judgeDead(tx: Tx, settlements: readonly Settlement[], now: Date): Promise<readonly Settlement[]> {
  const dead = settlements.filter(isDead)
  if (dead.length === 0) return settlements
  const { held, formerly } = await judgeDeadAddresses(tx, dead.map(invalidAddress), now)
  await spare(tx, formerly)
  if (held.size === 0) return settlements
  return settlements.map((each) => (isDead(each) && held.has(addressKey(each.delivery.emailAddress)) ? { ...each, reasonCode: 'domainOutage' } : each))
}

/** They failed for their domain's sake: Retry Failed takes them again, and the safety stop does not count them. */
async function spare(tx: Tx, places: readonly Place[]): Promise<void> {
  for (const lane of [...new Set(places.map((place) => place.lane))].sort((a, b) => a - b)) {
    const ids = places.filter((place) => place.lane === lane).map(({ deliveryId }) => deliveryId)
    await sql`
      update delivery set reason_code = 'domainOutage' where lane = ${lane} and id = any(${ids}::bigint[]) and status = 'failed' and reason_code = 'deadAddress'`.execute(tx)
  }
}

const invalidAddress = ({ delivery, reason }: Settlement): NewSuppression => ({
  emailAddress: delivery.emailAddress, reason: 'invalid', source: 'delivery', detail: reason ?? '',
  entityType: delivery.entityType, recordId: delivery.recordId, lane: delivery.lane, deliveryId: delivery.id,
})
