/** Webhooks in the database: made, changed, removed, shown. The secret never leaves it. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { listPage, readItems } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { given } from '../platform/given.ts'
import { isId, newId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Webhook, WebhookDelivery } from './contract.ts'
import { testEvent, type WebhookEvent, webhookEvents } from './events.ts'
import { queueFor } from './queue.ts'

type Change = { name?: string | undefined; url?: string | undefined; events?: WebhookEvent[] | undefined; active?: boolean | undefined; secret?: string | undefined }
type By = { actor: Actor; secrets: Secrets; now: Date }

export async function createWebhook(tx: Tx, { name, url, secret, ...rest }: Change & { name: string; url: string }, { actor, secrets, now }: By): Promise<string> {
  const id = newId()
  await tx.insertInto('webhook').values({
    id, name, url, ...given(rest), secretSealed: secret ? secrets.seal(secret) : null, createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId,
  }).execute()
  await audit(tx, actor, 'webhookAdded', { type: 'Webhook', id, name })
  return id
}

/** A secret that is not given is kept only while the URL stays: what it signs must not be learned elsewhere. */
export async function changeWebhook(tx: Tx, id: string, { secret, ...change }: Change, { actor, secrets, now, expectVersion }: By & { expectVersion(version: number): void }): Promise<void> {
  const before = await lock(tx, id)
  expectVersion(before.version)
  const moved = change.url !== undefined && change.url !== before.url
  const secretSealed = secret ? secrets.seal(secret) : secret === '' || moved ? null : before.secretSealed
  await tx.updateTable('webhook').set({ ...given(change), secretSealed, modifiedAt: now, modifiedBy: actor.userId, version: before.version + 1 }).where('id', '=', id).execute()
  await audit(tx, actor, 'webhookChanged', { type: 'Webhook', id, name: before.name, detail: { fields: [...Object.keys(given(change)), ...(secret === undefined ? [] : ['secret'])] } })
}

export async function removeWebhook(tx: Tx, id: string, { actor }: Pick<By, 'actor'>): Promise<void> {
  const { name } = await lock(tx, id)
  await tx.deleteFrom('webhook').where('id', '=', id).execute()
  await audit(tx, actor, 'webhookRemoved', { type: 'Webhook', id, name })
}

/** Answers the delivery's id. */
export async function queueTest(tx: Tx, id: string, { actor, now }: Pick<By, 'actor' | 'now'>): Promise<string> {
  const { name } = await lock(tx, id)
  await audit(tx, actor, 'webhookTested', { type: 'Webhook', id, name })
  return queueFor(tx, id, testEvent, { text: 'A test from Tidings: this webhook works.', data: {} }, now)
}

async function lock(tx: Tx, id: string) {
  const row = isId(id) ? await tx.selectFrom('webhook').selectAll().where('id', '=', id).forUpdate().executeTakeFirst() : undefined
  if (!row) throw notFound('webhook', id)
  return row
}

const webhooks: Listable = {
  from: sql`webhook w left join lateral (select status, coalesce(ended_at, created_at) as at, answer from webhook_delivery d where d.webhook_id = w.id order by created_at desc, id desc limit 1) l on true`,
  id: sql`w.id`,
  columns: {
    id: { type: 'link', sql: sql`w.id` },
    name: { type: 'text', sql: sql`w.name` },
    url: { type: 'text', sql: sql`w.url` },
    events: { type: 'text', sql: sql`array_to_string(w.events, ' ')`, select: sql`to_jsonb(w.events)` },
    active: { type: 'boolean', sql: sql`w.active` },
    secretSet: { type: 'boolean', sql: sql`w.secret_sealed is not null` },
    lastStatus: { type: 'enum', sql: sql`l.status`, options: ['queued', 'delivered', 'failed'] },
    lastAt: { type: 'dateTime', sql: sql`l.at` },
    lastAnswer: { type: 'text', sql: sql`l.answer` },
    createdAt: { type: 'dateTime', sql: sql`w.created_at`, notNull: true },
    modifiedAt: { type: 'dateTime', sql: sql`w.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`w.version` },
  },
  search: [sql`w.name`, sql`w.url`],
  defaultSort: 'name',
}

export const webhooksPage = (db: Db, query: ListQuery, now: Date) => listPage(db, webhooks, query, { now, timeZone: 'UTC' })

export async function presentWebhook(db: Db, id: string): Promise<Webhook> {
  const [webhook] = isId(id) ? await readItems(db, webhooks, sql<boolean>`w.id = ${id}::uuid`) : []
  if (!webhook) throw notFound('webhook', id)
  return webhook as unknown as Webhook
}

const posts = (webhookId: string): Listable => ({
  from: sql`webhook_delivery d`,
  where: sql<boolean>`d.webhook_id = ${webhookId}::uuid`,
  id: sql`d.id`,
  columns: {
    id: { type: 'link', sql: sql`d.id`, notNull: true },
    event: { type: 'enum', sql: sql`d.event`, options: [...webhookEvents, testEvent] },
    status: { type: 'enum', sql: sql`d.status`, options: ['queued', 'delivered', 'failed'] },
    attempts: { type: 'integer', sql: sql`d.attempts` },
    httpStatus: { type: 'integer', sql: sql`d.http_status` },
    answer: { type: 'text', sql: sql`d.answer` },
    createdAt: { type: 'dateTime', sql: sql`d.created_at`, notNull: true },
    endedAt: { type: 'dateTime', sql: sql`d.ended_at` },
    nextTryAt: { type: 'dateTime', sql: sql`d.due_at` },
  },
  search: [sql`d.answer`],
  defaultSort: '-createdAt',
})

export async function postsPage(db: Db, webhookId: string, query: ListQuery, now: Date) {
  await presentWebhook(db, webhookId)
  return listPage(db, posts(webhookId), query, { now, timeZone: 'UTC' })
}

export const presentPost = async (db: Db, webhookId: string, id: string): Promise<WebhookDelivery> =>
  (await readItems(db, posts(webhookId), sql<boolean>`d.id = ${id}::uuid`))[0] as unknown as WebhookDelivery
