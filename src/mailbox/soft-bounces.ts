/** The setting *Suppress after n soft bounces in d days*: off unless an administrator asks for it. */
import { sql } from 'kysely'
import { suppress } from '../audience/suppressions.ts'
import type { Tx } from '../platform/db.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import type { Origin } from './origins.ts'
import { days } from './periods.ts'

/** Then the address gets another chance by itself. */
const suppressedForDays = 90

/** Looks at addresses of one lane of which a soft bounce was just logged. Tests and bounces without proof do not count. */
export async function suppressAfterSoftBounces(tx: Tx, origins: readonly Origin[], now: Date): Promise<void> {
  if (origins.length === 0) return
  const { suppressAfterSoft } = await readOutboundEmails(tx)
  if (!suppressAfterSoft) return
  for (const { lane, emailAddress, entityType, recordId, id } of origins) {
    const count = await softBouncesOf(tx, lane, recordId, emailAddress, new Date(now.getTime() - days(suppressAfterSoft.days)))
    if (count < suppressAfterSoft.count) continue
    await suppress(tx, [{
      emailAddress, entityType, recordId, lane, deliveryId: id, reason: 'softBounced', source: 'bounce', until: new Date(now.getTime() + days(suppressedForDays)),
      detail: `${count} soft bounces in ${suppressAfterSoft.days} days`,
    }], now)
  }
}

/** By the record, which has an index; its earlier addresses are left out. */
async function softBouncesOf(tx: Tx, lane: number, recordId: string, emailAddress: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from log_entry
     where record_id = ${recordId}::uuid and at >= ${since} and lane = ${lane} and lower(email_address) = lower(${emailAddress}::text)
       and action = 'bounced' and subject = 'soft' and not test and (detail ->> 'verified') is distinct from 'false'`.execute(tx)
  return rows[0]!.count
}
