/** Lifts suppressions: one, or many by domain and time. Who did it and why stays in the audit log. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Db } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import { invalid, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { SuppressionReason } from './codes.ts'

/** Lifts one reason. */
export async function removeSuppression(db: Db, actor: Actor, id: string, why: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const gone = isId(id) ? await tx.deleteFrom('suppression').where('id', '=', id).returning(['emailAddress', 'reason']).executeTakeFirst() : undefined
    if (!gone) throw notFound('suppression', id)
    await audit(tx, actor, 'suppressionRemoved', { type: 'Suppression', id, name: gone.emailAddress, detail: { reason: gone.reason, why } })
  })
}

/** By id, or all that fit: `reasons` are those that may be lifted. */
export type Which = {
  ids?: string[] | undefined; domain?: string | undefined; from?: string | undefined; to?: string | undefined; reasons: SuppressionReason[]
}

/** Answers how many were lifted. */
export async function clearSuppressions(db: Db, actor: Actor, { why, ...which }: Which & { why: string }): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { numAffectedRows } = await sql`delete from suppression where ${fitting(which)}`.execute(tx)
    const cleared = Number(numAffectedRows ?? 0)
    if (cleared > 0) await audit(tx, actor, 'suppressionsCleared', { type: 'Suppression', detail: { ...which, ids: which.ids?.length, why, cleared } })
    return cleared
  })
}

function fitting({ ids, domain, from, to, reasons }: Which): RawBuilder<boolean> {
  return sql<boolean>`(${sql.join([
    ...(ids ? [sql`id = any(${ids.filter(isId)}::uuid[])`] : [sql`reason = any(${reasons}::text[])`]),
    ...(domain !== undefined ? [sql`split_part(email_key, '@', -1) = ${domainKey(domain)}`] : []),
    ...(from !== undefined ? [sql`at >= ${new Date(from)}`] : []),
    ...(to !== undefined ? [sql`at <= ${new Date(to)}`] : []),
  ], sql` and `)})`
}

/** As addresses are stored: an international domain as an A-label. */
function domainKey(text: string): string {
  const { address, wellFormed } = parseAddress(`anybody@${text.replace(/^@/, '')}`)
  if (!wellFormed) throw invalid([{ path: 'domain', message: 'This is not a domain such as example.net.' }])
  return address.slice(address.indexOf('@') + 1)
}
