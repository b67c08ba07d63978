/** The ledger as shown: the deliveries of a mass email, page by page, and what became of each. Tests are left out. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { audienceTypes } from '../audience/mailable.ts'
import { expectMassEmail } from '../campaign/campaign-rights.ts'
import { decodeCursor } from '../listing/cursor.ts'
import { listItems, listPage, type Page } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { type DeliveryStatus, deliveryStatuses } from './ledger.ts'
import { countByStatus } from './progress.ts'
import { isToBeSentAgain, type UncertainPolicy } from './uncertain.ts'

export async function deliveriesPage(
  db: Db, actor: Actor, massEmailId: string, { status, ...query }: ListQuery & { status?: DeliveryStatus | undefined }, context: ListContext,
): Promise<Page> {
  await expectMassEmail(db, actor, massEmailId, 'read')
  const from = status === undefined ? aboutOnePage(massEmailId, query) : sql`delivery d`
  const listable = deliveries(actor, massEmailId, status, sentAgainAt(await readOutboundEmails(db), context.now), from)
  if (query.filter !== undefined || query.q?.trim()) return listPage(db, listable, query, context)
  // The figures know how many there are: counting millions would take longer than reading the page.
  const [page, counts] = await Promise.all([listItems(db, listable, query, context), countByStatus(db, massEmailId)])
  return { ...page, total: status ? counts[status] : Object.values(counts).reduce((sum, count) => sum + count, 0), totalIsEstimate: false }
}

/** The record's name is looked up for the rows shown; a deleted record has none, and one that may not be read shows none. */
const recordName = (actor: Actor) => sql`case d.entity_type ${sql.join(
  audienceTypes().map(({ name, table }) => sql`when ${name} then (select r.name from ${sql.table(table)} r where r.id = d.record_id and ${allowed(actor, name, 'read')})`), sql` `)} end`

/** When the policy sends an Uncertain one again by itself; of a mass email that is over it sends nothing. */
const sentAgainAt = (policy: UncertainPolicy, now: Date) => sql`
  case when ${isToBeSentAgain(policy, now)} and exists (select from mass_email m where m.id = d.mass_email_id and m.status in ('inProcess', 'paused'))
       then d.settled_at + make_interval(secs => ${policy.retryUncertainAfterSeconds}) end`

/**
 * In the order of the ledger there is an index by status only, and one more would cost each settlement. So of each status the rows behind
 * the page before are read, as many as the page holds: the page is among them.
 */
function aboutOnePage(massEmailId: string, { filter, q, sort, cursor, limit = 50 }: Partial<ListQuery>): RawBuilder<unknown> {
  if (filter !== undefined || q?.trim() || (sort !== undefined && sort !== ledgerOrder)) return sql`delivery d`
  const last = cursor === undefined ? '0' : decodeCursor(cursor, ledgerOrder, 1).value
  if (last === null || !/^\d{1,18}$/.test(last)) return sql`delivery d`
  return sql`(${sql.join(deliveryStatuses.map((status) => sql`
    (select * from delivery where mass_email_id = ${massEmailId} and status = ${sql.lit(status)} and not test and id > ${last}::bigint order by id limit ${limit + 1})`), sql` union all `)}) d`
}

const ledgerOrder = 'order'

const deliveries = (actor: Actor, massEmailId: string, status: DeliveryStatus | undefined, sentAgain: RawBuilder<unknown>, from: RawBuilder<unknown>): Listable => ({
  from,
  where: sql<boolean>`d.mass_email_id = ${massEmailId} and not d.test ${status === undefined ? sql`` : sql`and d.status = ${status}::delivery_status`}`,
  id: sql`d.id`,
  columns: {
    id: { type: 'text', sql: sql`d.lane || '-' || d.id`, notNull: true },
    emailAddress: { type: 'email', sql: sql`d.email_address`, folded: sql`d.email_key`, notNull: true },
    record: { type: 'text', sql: sql`d.record_id::text`, select: sql`jsonb_build_object('entityType', d.entity_type, 'id', d.record_id, 'name', ${recordName(actor)})` },
    entityType: { type: 'enum', sql: sql`d.entity_type`, options: audienceTypes().map(({ name }) => name) },
    status: { type: 'enum', sql: sql`d.status::text`, options: deliveryStatuses },
    /** A verdict or code where we decided, else the server's words. */
    reason: { type: 'text', sql: sql`coalesce(d.reason, d.reason_code)` },
    reasonCode: { type: 'text', sql: sql`d.reason_code` },
    attempts: { type: 'integer', sql: sql`d.attempts`, notNull: true },
    messageId: { type: 'text', sql: sql`d.message_id` },
    sandbox: { type: 'boolean', sql: sql`d.sandbox` },
    dueAt: { type: 'dateTime', sql: sql`case when d.status = 'pending' then d.due_at end` },
    sentAt: { type: 'dateTime', sql: sql`d.sent_at` },
    settledAt: { type: 'dateTime', sql: sql`d.settled_at` },
    templateVersionId: { type: 'link', sql: sql`d.template_version_id` },
    markedAt: { type: 'dateTime', sql: sql`case when d.status = 'uncertain' then d.wire_at end` },
    sentAgainAt: { type: 'dateTime', sql: sentAgain },
    stored: { type: 'boolean', sql: sql`exists (select from stored_mail s where s.lane = d.lane and s.delivery_id = d.id)`, notNull: true },
    order: { type: 'integer', sql: sql`d.id`, notNull: true, shown: false },
  },
  search: [sql`d.email_key`],
  defaultSort: ledgerOrder,
})
