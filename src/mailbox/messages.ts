/** What was read, as shown: lists, and one message with its raw text. */
import { sql } from 'kysely'
import { type Actor, isAdministrator } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { listPage } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import { mailKinds } from '../bounce/classification.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { inBatches } from '../platform/in-batches.ts'
import { doors, messageOutcomes } from './codes.ts'
import type { MailboxMessage } from './contract.ts'
import { days } from './periods.ts'

const findings = sql`coalesce((
  select jsonb_agg(jsonb_build_object('kind', f.kind, 'doubt', f.doubt, 'reason', f.reason, 'reply', f.reply, 'emailAddress', f.email_address,
           'record', jsonb_build_object('entityType', f.entity_type, 'id', f.record_id), 'campaignId', f.campaign_id,
           'massEmail', jsonb_build_object('id', f.mass_email_id, 'name', coalesce((select name from mass_email where id = f.mass_email_id), ''))) order by f.id)
    from mailbox_finding f where f.message_id = m.id), '[]')`

const words = (name: string) => sql`coalesce(m.classification ->> ${sql.lit(name)}, '')`

const nameOf = (table: 'a' | 'w') => {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql`case when ${column('id')} is not null then jsonb_build_object('id', ${column('id')}, 'name', ${column('name')}) end`
}

const messages: Listable = {
  from: sql`mailbox_message m left join group_email_account a on a.id = m.account_id left join provider_webhook w on w.id = m.webhook_id`,
  id: sql`m.id`,
  columns: {
    id: { type: 'link', sql: sql`m.id` },
    door: { type: 'enum', sql: sql`m.door`, options: doors },
    account: { type: 'text', sql: sql`a.id::text`, select: nameOf('a') },
    webhook: { type: 'text', sql: sql`w.id::text`, select: nameOf('w') },
    accountId: { type: 'link', sql: sql`m.account_id`, shown: false },
    folder: { type: 'text', sql: sql`m.folder` },
    uid: { type: 'integer', sql: sql`m.uid` },
    receivedAt: { type: 'dateTime', sql: sql`m.received_at`, notNull: true },
    readAt: { type: 'dateTime', sql: sql`m.read_at`, notNull: true },
    kind: { type: 'enum', sql: sql`m.kind`, options: mailKinds },
    outcome: { type: 'enum', sql: sql`m.outcome`, options: messageOutcomes },
    from: { type: 'text', sql: words('from') },
    subject: { type: 'text', sql: words('subject') },
    text: { type: 'text', sql: words('text') },
    rule: { type: 'text', sql: words('rule') },
    error: { type: 'text', sql: sql`m.error` },
    findings: { type: 'text', sql: sql`m.kind`, select: findings },
    handledAt: { type: 'dateTime', sql: sql`m.handled_at` },
  },
  search: [words('from'), words('subject')],
  defaultSort: '-readAt',
}

export const messagesPage = (db: Db, query: ListQuery, context: ListContext) => listPage(db, messages, query, context)

export async function presentMessage(db: Db, id: string, now: Date): Promise<MailboxMessage> {
  const { items } = await listPage(db, { ...messages, where: sql<boolean>`m.id = any(${[id].filter(isId)}::uuid[])` }, { limit: 1 }, { now, timeZone: 'UTC' })
  if (!items[0]) throw notFound('message', id)
  return items[0] as unknown as MailboxMessage
}

/** Administrators read all; others what came back to mail of a campaign that they may read. */
export async function expectMayReadMessage(db: Db, actor: Actor, id: string): Promise<void> {
  if (isAdministrator(actor)) return
  const { rows } = isId(id) ? await sql`
    select from mailbox_finding f join campaign c on c.id = f.campaign_id where f.message_id = ${id} and ${allowed(actor, 'Campaign', 'read', 'c')} limit 1`.execute(db) : { rows: [] }
  if (rows.length === 0) throw notFound('message', id)
}

/** Only what belongs to a delivery was kept, and as long as the settings say (then it is empty); of the rest everybody hears that there is no such message. */
export async function readRawMessage(db: Db, id: string): Promise<Buffer> {
  const row = isId(id) ? await db.selectFrom('mailboxMessage').select(['raw', 'outcome']).where('id', '=', id).executeTakeFirst() : undefined
  if (!row || (!row.raw && row.outcome === 'ignored')) throw notFound('message', id)
  return row.raw ?? Buffer.alloc(0)
}

/** Clean Up: place and verdict of other people's mail, of which nobody asks after 90 days. Read again, it would be ignored again. */
export async function forgetIgnoredMessages(db: Db, now: Date): Promise<number> {
  const gone = await db.deleteFrom('mailboxMessage').where('outcome', '=', 'ignored').where('handledAt', 'is', null).where('raw', 'is', null)
    .where('readAt', '<', new Date(now.getTime() - days(90))).executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** Clean Up: the text of what came back. What it was and what was done about it stays, in the log too. */
export const forgetRawMessages = (db: Db, keptSince: Date): Promise<number> => inBatches((limit) => sql`
  update mailbox_message set raw = null, classification = classification - 'text'
   where id in (select id from mailbox_message where raw is not null and read_at < ${keptSince} limit ${limit})`.execute(db), 500)
