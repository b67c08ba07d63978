/** Deliveries that wait because of their domain, not of themselves. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

/** Said in reason_code while it waits. `domainLimit`: its allowance is used up. `domainHeld`: an outage is not decided yet. */
export const domainReasons = ['domainLimit', 'domainHeld'] as const

/** The domain may have more, or all: what waits for it is due now, and the senders find out how much may go. */
export async function freeDomain(db: Db, domain: string, now: Date): Promise<void> {
  await sql`
    update delivery set due_at = ${now}
     where status = 'pending' and reason_code is not null and reason_code = any(${domainReasons}) and due_at > ${now} and split_part(email_key, '@', 2) = ${domain}`.execute(db)
}
