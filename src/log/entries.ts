/** Reading the campaign log: pages, counts for the filter chips, a record's time line. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import { readableCampaign } from '../campaign/campaign-rights.ts'
import { listItems, listPage } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { isId } from '../platform/id.ts'
import { entityTypes } from '../records/entity-types.ts'
import type { LogEntry, LogSelection } from './contract.ts'
import { type Action, actions, unproved } from './entry.ts'
import { loggedByAction, loggedInAll } from './logged.ts'
import { overTypes } from './record-tables.ts'
import { foundBy } from './search.ts'

type LogQuery = Partial<ListQuery> & Omit<LogSelection, 'q'>

export async function logPage(db: Db, actor: Actor, campaignId: string, query: LogQuery, context: ListContext) {
  const { q, filter, sort, limit, cursor, fields, ...filters } = query
  const where = await selected(db, actor, campaignId, { ...filters, q }, context)
  const page = { filter, sort, limit, cursor, fields }
  // Counting millions takes longer than reading fifty of them; most of the time the figures know how many there are.
  const total = filter === undefined ? await loggedInAll(db, campaignId, { ...filters, q }) : undefined
  return total === undefined ? pageWhere(db, actor, where, page, context)
    : { ...withEntries(await listItems(db, { ...logEntries(actor), where }, page as Partial<ListQuery>, context)), total, totalIsEstimate: false }
}

/** What happened with one record, in whatever campaign that may be read. */
export function historyPage(db: Db, actor: Actor, record: { entityType: string; id: string }, query: Partial<ListQuery>, context: ListContext) {
  const ofRecord = sql<boolean>`e.record_id = ${record.id}::uuid and e.entity_type = ${record.entityType}
    ${reachesAll(actor, 'Campaign', 'read') ? sql`` : sql`and exists (select from campaign c where c.id = e.campaign_id and ${readableCampaign(actor)})`}`
  return pageWhere(db, actor, ofRecord, query, context)
}

/** The next entries without counting how many there are in all: for going through the whole log. */
export async function nextEntries(
  db: Db, actor: Actor, campaignId: string, selection: LogSelection, page: { cursor?: string; limit: number }, context: ListContext,
) {
  const { items, next } = await listItems(db, { ...logEntries(actor), where: await selected(db, actor, campaignId, selection, context) }, page, context)
  return { items: items as LogEntry[], next }
}

async function pageWhere(db: Db, actor: Actor, where: RawBuilder<boolean>, query: { [Key in keyof ListQuery]?: ListQuery[Key] | undefined }, context: ListContext) {
  return withEntries(await listPage(db, { ...logEntries(actor), where }, query as Partial<ListQuery>, context))
}

const withEntries = <Page extends { items: unknown[] }>(page: Page) => ({ ...page, items: page.items as (Partial<LogEntry> & { id: string })[] })

/** Entries are counted one by one up to here. */
const countedUpTo = 100_000

/** How many entries each action has; `atLeast` names those that have more than was counted. */
export async function countByAction(db: Db, actor: Actor, campaignId: string, selection: LogSelection, context: ListContext) {
  const known = await loggedByAction(db, campaignId, selection)
  if (known) return { counts: known, atLeast: [] }
  const { action: _, ...others } = selection
  const where = await selected(db, actor, campaignId, others, context)
  const { rows } = await sql<{ action: Action; count: number }>`
    select chip.action, counted.count from unnest(${[...actions]}::text[]) as chip (action) cross join lateral (
      select count(*) from (
        select from log_entry e where ${where} and e.action = chip.action
         limit ${countedUpTo + 1}) found) counted`.execute(db)
  return {
    counts: Object.fromEntries(rows.map(({ action, count }) => [action, Math.min(count, countedUpTo)])),
    atLeast: rows.filter(({ count }) => count > countedUpTo).map(({ action }) => action),
  }
}

/** The entries of a campaign that the filters let through; `e` is the log entry. An id that cannot exist finds nothing. */
async function selected(db: Db, actor: Actor, campaignId: string, selection: LogSelection, context: ListContext): Promise<RawBuilder<boolean>> {
  const { action, massEmailId, trackingUrlId, entityType, machine, test, from, to, q } = selection
  const conditions = [
    sql`e.campaign_id = ${campaignId}::uuid`,
    // Of one action there is an index in the order of time; of several there is none.
    action && (action.length === 1 ? sql`e.action = ${action[0]}` : sql`e.action = any(${action}::text[])`),
    massEmailId !== undefined && sameId(sql`e.mass_email_id`, massEmailId),
    trackingUrlId !== undefined && sameId(sql`e.tracking_url_id`, trackingUrlId),
    entityType && sql`e.entity_type = any(${entityType}::text[])`,
    machine !== undefined && sql`e.machine = ${machine}`,
    test !== undefined && sql`e.test = ${test}`,
    from !== undefined && sql`e.at >= ${new Date(from)}`,
    to !== undefined && sql`e.at <= ${new Date(to)}`,
    q !== undefined && q.trim() !== '' && await foundBy(db, actor, campaignId, q, context),
  ].filter((condition) => condition !== undefined && condition !== false)
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

const sameId = (column: RawBuilder<unknown>, id: string) => (isId(id) ? sql`${column} = ${id}::uuid` : sql`false`)

/** Of a record that may not be read only the address that was mailed is told: it belongs to the campaign. */
const nameOfRecord = (actor: Actor) => sql`(${overTypes(entityTypes(), ({ name, table }) =>
  sql`select r.name from ${sql.table(table)} r where e.entity_type = ${sql.lit(name)} and r.id = e.record_id and ${allowed(actor, name, 'read')}`)})`

const detail = sql`(e.detail - 'visitor')
  || case when e.action = 'bounced' then jsonb_build_object('bounce', case e.subject when ${unproved} then 'hard' else e.subject end) else '{}' end
  || case when e.tracking_url_id is null then '{}' else jsonb_build_object('trackingUrlId', e.tracking_url_id,
       'link', (select t.name from tracking_url t where t.id = e.tracking_url_id)) end`

/** Asked anew each time: entity types may be added while the program runs. */
const logEntries = (actor: Actor): Listable => ({
  from: sql`log_entry e`,
  id: sql`e.id`,
  columns: {
    // Together with the lane it is unique also where lanes lie on several servers.
    id: { type: 'text', sql: sql`e.lane || '-' || e.id`, shown: false },
    action: { type: 'enum', sql: sql`e.action`, options: actions },
    at: { type: 'dateTime', sql: sql`e.at`, notNull: true },
    record: {
      type: 'text', sql: sql`e.record_id::text`,
      select: sql`jsonb_build_object('entityType', e.entity_type, 'id', e.record_id, 'name', coalesce(${nameOfRecord(actor)}, e.email_address))`,
    },
    emailAddress: { type: 'email', sql: sql`e.email_address` },
    detail: { type: 'text', sql: sql`e.subject`, select: detail },
    campaignId: { type: 'link', sql: sql`e.campaign_id` },
    massEmail: {
      type: 'text', sql: sql`e.mass_email_id::text`,
      select: sql`jsonb_build_object('id', e.mass_email_id, 'name', coalesce((select m.name from mass_email m where m.id = e.mass_email_id), ''))`,
    },
    deliveryId: { type: 'text', sql: sql`e.lane || '-' || e.delivery_id` },
    stored: { type: 'boolean', sql: sql`(e.action in ('sent', 'uncertain') and exists (select from stored_mail s where s.lane = e.lane and s.delivery_id = e.delivery_id))` },
    repeats: { type: 'integer', sql: sql`e.repeats`, notNull: true },
    lastAt: { type: 'dateTime', sql: sql`e.last_at`, notNull: true },
    machine: { type: 'boolean', sql: sql`e.machine`, notNull: true },
    test: { type: 'boolean', sql: sql`e.test`, notNull: true },
    massEmailId: { type: 'link', sql: sql`e.mass_email_id`, shown: false },
    trackingUrlId: { type: 'link', sql: sql`e.tracking_url_id`, shown: false },
    entityType: { type: 'text', sql: sql`e.entity_type`, shown: false },
  },
  search: [sql`e.email_address`, nameOfRecord(actor)],
  defaultSort: '-at',
})
