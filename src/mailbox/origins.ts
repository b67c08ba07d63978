/** The deliveries that a message which came back is about: by our signature, else by the address it names. Reads only. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { days } from './periods.ts'
import type { Sign } from './signs.ts'

/** A delivery as far as a report about it is judged. `leftAt`: when it went out, or was about to; null when it never did. */
export type Origin = {
  lane: number; id: number; massEmailId: string; campaignId: string; entityType: string; recordId: string; emailAddress: string
  test: boolean
  leftAt: Date | null
  /** The message carries our signature of this very delivery. */
  signed: boolean
}

/** So long after a delivery a report without a signature is taken to be about it. */
const attributedForDays = 14

/** A report may be back before the sender has settled the delivery: then its mark stands beside the ledger. */
const marked = sql`(select max(w.at) from wire w where w.lane = d.lane and w.sender_id = d.sender_id and d.id = any(w.marked))`

const columns = (signed: boolean): RawBuilder<unknown> => sql`
  d.lane, d.id, d.mass_email_id, m.campaign_id, d.entity_type, d.record_id, d.email_address, d.test,
  coalesce(d.sent_at, d.wire_at, ${marked}) as left_at, ${sql.lit(signed)}::boolean as signed`

/** Signatures of deliveries that are gone name nothing, and a bounce loop's name no delivery. */
export async function signedOrigins(db: Db, all: readonly Sign[]): Promise<Origin[]> {
  const signs = all.filter(({ loop }) => !loop)
  const found: Origin[] = []
  for (const lane of new Set(signs.map((sign) => sign.lane))) {
    const ids = signs.filter((sign) => sign.lane === lane).map(({ id }) => id)
    const { rows } = await sql<Origin>`
      select ${columns(true)} from delivery d join mass_email m on m.id = d.mass_email_id
       where d.lane = ${lane} and d.id = any(${ids}::bigint[])`.execute(db)
    found.push(...rows)
  }
  return found
}

/** The last delivery to this address, if it is not too long ago. Asked mass email by mass email: the index of "never twice" answers each. */
export async function originOfAddress(db: Db, emailAddress: string, now: Date): Promise<Origin | null> {
  const since = new Date(now.getTime() - days(attributedForDays))
  const { rows } = await sql<Origin>`
    select ${columns(false)}
      from mass_email m join lateral (
           select * from delivery each
            where each.lane = lane_of(lower(${emailAddress}::text)) and each.mass_email_id = m.id
              and each.email_key = lower(${emailAddress}::text) and not each.test) d on true
     where m.frozen_at is not null and (m.completed_at is null or m.completed_at >= ${since})
       and coalesce(d.sent_at, d.wire_at) >= ${since}
     order by left_at desc limit 1`.execute(db)
  return rows[0] ?? null
}
