/** What comes back of a bounce loop: found by the signature of its mail or by its address, and noted. It counts nowhere and acts on nobody. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'

/** The loop's mail as a report about it is judged, as a delivery is. */
export type LoopOrigin = { lane: number; id: number; emailAddress: string; test: false; leftAt: Date; signed: boolean }

/** `kind` and `doubt` as for a delivery; `kind` null: nobody knows what it says. */
export type LoopReturn = { loopId: number; kind: string | null; doubt: string | null; reply: string }

export const loopLane = 0

const attributedForDays = 14

/** By signature, whenever it comes; by address (in lower case) where nothing is signed. */
export async function loopOrigins(db: Db, signedIds: readonly number[], addresses: readonly string[], now: Date): Promise<LoopOrigin[]> {
  if (signedIds.length === 0 && addresses.length === 0) return []
  const { rows } = await sql<{ id: number; address: string; startedAt: Date; signed: boolean }>`
    select id, address, started_at, id = any(${signedIds}::bigint[]) as signed from bounce_loop
     where id = any(${signedIds}::bigint[])
        or (lower(address) = any(${addresses}::text[]) and started_at >= ${now}::timestamptz - make_interval(days => ${attributedForDays}))`.execute(db)
  return rows.map(({ id, address, startedAt, signed }) => ({ lane: loopLane, id, emailAddress: address, test: false, leftAt: startedAt, signed }))
}

type Message = { messageId: string; door: string; accountId: string | null; at: Date }

/** In the transaction that takes the message in. Of several messages the one that says most stays. */
export async function noteLoopReturn(tx: Tx, { loopId, kind, doubt, reply }: LoopReturn, { messageId, door, accountId, at }: Message): Promise<void> {
  const before = await tx.selectFrom('bounceLoop').select(['returnedAt', 'kind', 'doubt']).where('id', '=', loopId).forUpdate().executeTakeFirst()
  if (!before || (before.returnedAt && weight(before) >= weight({ kind, doubt }))) return
  await tx.updateTable('bounceLoop').set({ returnedAt: at, messageId, door, accountId, kind, doubt, reply }).where('id', '=', loopId).execute()
}

function weight({ kind, doubt }: { kind: string | null; doubt: string | null }): number {
  if (kind === 'hard' || kind === 'soft') return doubt === null ? 3 : 2
  return kind === 'delayed' ? 1 : 0
}
