/** Why an address is never mailed: opted out entirely, invalid, complained, soft bounced, do not email. An address may have several reasons. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { listItems, listPage } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { invalid } from '../platform/errors.ts'
import { jsonFor } from '../platform/json.ts'
import { type SuppressionReason, suppressionReasons, suppressionSources } from './codes.ts'

/** The delivery whose link, bounce or complaint it came from, and who was at the other end. */
export type Proof = { lane?: number; deliveryId?: number; ip?: string; userAgent?: string }

export type NewSuppression = Proof & {
  emailAddress: string
  reason: SuppressionReason
  /** One of `suppressionSources`. */
  source: string
  detail?: string
  entityType?: string | undefined
  recordId?: string | undefined
  /** It ends by itself then. */
  until?: Date
  byUserId?: string
}

/** Adds what is new and leaves what is known as it is: the first proof counts. Answers how many were new. */
export async function suppress(db: Db, suppressions: readonly NewSuppression[], now: Date): Promise<number> {
  if (suppressions.length === 0) return 0
  const rows = suppressions.map((each) => ({
    email_address: each.emailAddress, reason: each.reason, source: each.source, detail: each.detail ?? '',
    entity_type: each.entityType ?? null, record_id: each.recordId ?? null, lane: each.lane ?? null, delivery_id: each.deliveryId ?? null,
    until: each.until ?? null, by_user_id: each.byUserId ?? null, ip: each.ip ?? null, user_agent: each.userAgent ?? null,
  }))
  const { numAffectedRows } = await sql`
    insert into suppression (email_key, email_address, reason, source, detail, entity_type, record_id, lane, delivery_id, at, until, by_user_id, ip, user_agent)
    select distinct on (lower(email_address), reason) lower(email_address), email_address, reason, source, detail, entity_type, record_id,
           lane, delivery_id, ${now}, until, by_user_id, ip, user_agent
      from jsonb_to_recordset(${jsonFor(rows)}::jsonb) as given (
           email_address text, reason text, source text, detail text, entity_type text, record_id uuid,
           lane smallint, delivery_id bigint, until timestamptz, by_user_id uuid, ip text, user_agent text)
     order by 1, 3
        on conflict (email_key, reason) do update
           -- One that has ended by itself begins anew.
           set at = excluded.at, until = excluded.until, source = excluded.source, detail = excluded.detail
         where suppression.until <= ${now}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Adds one by hand or by API; adding it again answers what is there. */
export async function addSuppression(db: Db, actor: Actor, input: { emailAddress: string; reason: SuppressionReason; detail?: string | undefined }, now: Date) {
  const { address, wellFormed } = parseAddress(input.emailAddress)
  if (!address || !wellFormed) throw invalid([{ path: 'emailAddress', message: 'This is not an email address.' }])
  const source = actor.via === 'apiKey' ? 'api' : 'manual'
  return db.transaction().execute(async (tx) => {
    const added = await suppress(tx, [{ emailAddress: address, reason: input.reason, source, detail: input.detail ?? '', byUserId: actor.userId }], now)
    const { rows } = await sql<{ id: string }>`select id from suppression where email_key = lower(${address}) and reason = ${input.reason}`.execute(tx)
    const id = rows[0]!.id
    if (added) await audit(tx, actor, 'suppressionAdded', { type: 'Suppression', id, name: address, detail: { reason: input.reason } })
    return readSuppression(tx, id, now)
  })
}

/** What was called invalid since then by mail itself turns out to be in doubt. What people said stays. */
export async function takeBackInvalid(tx: Tx, emailKeys: readonly string[], since: Date): Promise<void> {
  await tx.deleteFrom('suppression').where('emailKey', 'in', ['', ...emailKeys]).where('reason', '=', 'invalid')
    .where('source', 'in', ['delivery', 'bounce']).where('at', '>=', since).execute()
}

const suppressions: Listable = {
  from: sql`suppression s`,
  id: sql`s.id`,
  columns: {
    id: { type: 'link', sql: sql`s.id` },
    emailAddress: { type: 'email', sql: sql`s.email_address`, folded: sql`s.email_key`, notNull: true },
    reason: { type: 'enum', sql: sql`s.reason`, options: suppressionReasons },
    source: { type: 'enum', sql: sql`s.source`, options: suppressionSources },
    detail: { type: 'text', sql: sql`s.detail` },
    entityType: { type: 'text', sql: sql`s.entity_type` },
    recordId: { type: 'link', sql: sql`s.record_id` },
    at: { type: 'dateTime', sql: sql`s.at`, notNull: true },
    until: { type: 'dateTime', sql: sql`s.until` },
    byUserName: { type: 'text', sql: sql`(select name from "user" where id = s.by_user_id)` },
  },
  search: [sql`s.email_address`],
  defaultSort: '-at',
}

/** Those in force; one that ended by itself is gone. */
const inForce = ({ now }: ListContext): Listable => ({ ...suppressions, where: sql<boolean>`(s.until is null or s.until > ${now})` })

export const suppressionsPage = (db: Db, query: Partial<ListQuery>, context: ListContext) => listPage(db, inForce(context), query, context)

/** The next ones without counting how many there are in all: for going through them all. */
export const nextSuppressions = (db: Db, query: Partial<ListQuery>, context: ListContext) => listItems(db, inForce(context), query, context)

async function readSuppression(db: Db, id: string, now: Date) {
  const { items } = await listPage(db, suppressions, { filter: { field: 'id', op: 'equals', value: id }, limit: 1 }, { now, timeZone: 'UTC' })
  return items[0]!
}
