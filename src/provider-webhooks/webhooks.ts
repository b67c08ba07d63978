/** Provider webhooks in the database: made, changed, removed, shown. The key never leaves it. */
import { type Selectable, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { listPage } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { invalid, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Tables } from '../platform/tables.ts'
import { publicUrlOf, readGeneral } from '../settings/settings.ts'
import { webhookPath } from './address.ts'
import { type ProviderName, providerNames } from './codes.ts'
import type { ProviderWebhook } from './contract.ts'
import type { Providers } from './providers.ts'

export type Webhook = Selectable<Tables['providerWebhook']> & { provider: ProviderName }
type Change = { name?: string | undefined; key?: string | null | undefined; active?: boolean | undefined }
type Ground = { actor: Actor; secrets: Secrets; providers: Providers; now: Date }

export async function findWebhook(db: Db, id: string): Promise<Webhook | null> {
  const row = isId(id) ? await db.selectFrom('providerWebhook').selectAll().where('id', '=', id).where('deletedAt', 'is', null).executeTakeFirst() : undefined
  return (row as Webhook | undefined) ?? null
}

/** By name. Null: all of them. The addresses of those are signed with an earlier secret, wherever they were entered. */
export async function webhooksMadeBefore(db: Db, at: Date | null): Promise<string[]> {
  const all = db.selectFrom('providerWebhook').select('name').where('deletedAt', 'is', null).orderBy('name')
  const rows = await (at ? all.where('createdAt', '<', at) : all).execute()
  return rows.map(({ name }) => name)
}

type NewWebhook = Change & { name: string; provider: ProviderName }

export async function createWebhook(tx: Tx, { name, provider, ...change }: NewWebhook, ground: Ground): Promise<string> {
  const id = newId()
  const made = { createdAt: ground.now, createdBy: ground.actor.userId, modifiedAt: ground.now }
  await tx.insertInto('providerWebhook').values({ id, name, provider, ...stored(provider, change, ground), ...made }).execute()
  await audit(tx, ground.actor, 'providerWebhookAdded', { type: 'ProviderWebhook', id, name, detail: { provider } })
  return id
}

export async function changeWebhook(tx: Tx, id: string, change: Change, ground: Ground & { expectVersion(version: number): void }): Promise<void> {
  const before = await lock(tx, id)
  ground.expectVersion(before.version)
  const columns = { ...stored(before.provider, change, ground), modifiedAt: ground.now, modifiedBy: ground.actor.userId, version: before.version + 1 }
  // What was refused before a new key says nothing about it.
  const forgotten = change.key === undefined ? {} : { lastRefusal: null, lastRefusalAt: null }
  await tx.updateTable('providerWebhook').set({ ...columns, ...forgotten }).where('id', '=', id).execute()
  await audit(tx, ground.actor, 'providerWebhookChanged', { type: 'ProviderWebhook', id, name: before.name, detail: { fields: Object.keys(change) } })
}

/** What it told stays; its key goes. */
export async function removeWebhook(tx: Tx, id: string, { actor, now }: Pick<Ground, 'actor' | 'now'>): Promise<void> {
  const { name } = await lock(tx, id)
  await tx.updateTable('providerWebhook').set({ deletedAt: now, active: false, keySealed: null }).where('id', '=', id).execute()
  await audit(tx, actor, 'providerWebhookRemoved', { type: 'ProviderWebhook', id, name })
}

async function lock(tx: Tx, id: string): Promise<Webhook> {
  const row = isId(id) ? await tx.selectFrom('providerWebhook').selectAll().where('id', '=', id).where('deletedAt', 'is', null).forUpdate().executeTakeFirst() : undefined
  if (!row) throw notFound('provider webhook', id)
  return row as Webhook
}

function stored(provider: ProviderName, { name, key, active }: Change, { secrets, providers }: Ground) {
  const fault = key ? providers[provider].keyFault(key) : null
  if (fault) throw invalid([{ path: 'key', message: fault }])
  return { ...(name !== undefined && { name }), ...(active !== undefined && { active }), ...(key !== undefined && { keySealed: key ? secrets.seal(key) : null }) }
}

const webhooks: Listable = {
  from: sql`provider_webhook w`,
  id: sql`w.id`,
  where: sql<boolean>`w.deleted_at is null`,
  columns: {
    id: { type: 'link', sql: sql`w.id` },
    name: { type: 'text', sql: sql`w.name` },
    provider: { type: 'enum', sql: sql`w.provider`, options: providerNames },
    active: { type: 'boolean', sql: sql`w.active` },
    keySet: { type: 'boolean', sql: sql`w.key_sealed is not null` },
    lastEventAt: { type: 'dateTime', sql: sql`w.last_event_at` },
    lastRefusal: { type: 'text', sql: sql`w.last_refusal` },
    lastRefusalAt: { type: 'dateTime', sql: sql`w.last_refusal_at` },
    createdAt: { type: 'dateTime', sql: sql`w.created_at`, notNull: true },
    modifiedAt: { type: 'dateTime', sql: sql`w.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`w.version` },
  },
  search: [sql`w.name`],
  defaultSort: 'name',
}

export async function webhooksPage(db: Db, secrets: Secrets, query: ListQuery, now: Date, where?: Listable['where']) {
  const page = await listPage(db, where ? { ...webhooks, where } : webhooks, query, { now, timeZone: 'UTC' })
  const publicUrl = publicUrlOf(await readGeneral(db))
  return { ...page, items: page.items.map((item) => ({ ...item, url: `${publicUrl}${webhookPath(secrets, String(item['id']))}` })) }
}

export async function presentWebhook(db: Db, secrets: Secrets, id: string, now: Date): Promise<ProviderWebhook> {
  if (!await findWebhook(db, id)) throw notFound('provider webhook', id)
  const { items } = await webhooksPage(db, secrets, { limit: 1 }, now, sql<boolean>`w.id = ${id}`)
  return items[0] as unknown as ProviderWebhook
}
