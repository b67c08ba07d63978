/** A sender's lease: its row in the database says that it lives, the row's id is the fencing token of everything it holds. */
import { hostname } from 'node:os'
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

/** Long enough for a hiccup of the database, short enough that others take over within ten seconds. */
export const leaseMs = 6_000
export const renewEveryMs = 1_500
/** While its holder lives, more than this is left of a lease: it missed at most one renewal. */
export const aliveMs = leaseMs - 2 * renewEveryMs
/** The holder stops earlier than others may take over: its own view of the time may lag behind a pause of the process. */
const marginMs = 1_000

export type Lease = {
  id: number
  /** Asked right before a final dot, without a query. */
  isValid(): boolean
  /** False when others have taken over: everything held belongs to them now. */
  renew(): Promise<boolean>
  end(): Promise<void>
}

export async function takeLease(db: Db): Promise<Lease> {
  const askedAt = performance.now()
  const { rows } = await sql<{ id: number }>`
    insert into sender (host, pid, lease_until) values (${hostname()}, ${process.pid}, ${leaseEnd}) returning id`.execute(db)
  const { id } = rows[0]!
  let validUntil = askedAt + leaseMs - marginMs
  return {
    id,
    isValid: () => performance.now() < validUntil,
    async renew() {
      const renewedAt = performance.now()
      const { numAffectedRows } = await sql`update sender set lease_until = ${leaseEnd} where id = ${id}`.execute(db)
      if (numAffectedRows === 1n) validUntil = renewedAt + leaseMs - marginMs
      else validUntil = 0
      return numAffectedRows === 1n
    },
    async end() {
      validUntil = 0
      await sql`with ended as (delete from sender where id = ${id}) update sender_last_end set ended_at = clock_timestamp()`.execute(db)
    },
  }
}

/** Since when no sender lives; null while one does, or did within `forMs`. One that died is still there with the lease it had: only another sender takes it away. */
export async function noSenderSince(db: Db, forMs: number): Promise<Date | null> {
  const { rows: [row] } = await sql<{ since: Date | null; long: boolean }>`
    select since, since < clock_timestamp() - ${forMs} * interval '1 millisecond' as long
      from (select greatest(max(lease_until), (select ended_at from sender_last_end)) as since from sender) seen`.execute(db)
  return row!.long ? row!.since : null
}

const leaseEnd = sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`
