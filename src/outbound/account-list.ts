/** Outbound accounts as shown. The password never leaves the database. */
import { sql } from 'kysely'
import { listPage } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { readAccount } from './accounts.ts'
import type { OutboundAccount } from './contract.ts'

/** What has never been set up is not shown: a system account without a host is only a row that waits. */
const isDefault = sql<boolean>`a.id is not distinct from coalesce((select id from outbound_account where kind = 'system' and host <> ''), (select id from outbound_account where kind = 'sandbox'))`

/** Which secrets there are, not the secrets. */
const oauth2 = sql`case when a.auth = 'oauth2' then json_build_object(
  'tokenUrl', a.token_url, 'clientId', a.client_id, 'scope', a.scope,
  'clientSecretSet', a.client_secret_sealed is not null, 'refreshTokenSet', a.refresh_token_sealed is not null) end`

const accounts = (now: Date): Listable => ({
  from: sql`(select * from outbound_account where removed_at is null) a`,
  id: sql`a.id`,
  columns: {
    id: { type: 'link', sql: sql`a.id` },
    name: { type: 'text', sql: sql`a.name` },
    kind: { type: 'enum', sql: sql`a.kind`, options: ['system', 'group', 'sandbox'] },
    host: { type: 'text', sql: sql`a.host` },
    port: { type: 'integer', sql: sql`a.port` },
    security: { type: 'enum', sql: sql`a.security`, options: ['none', 'starttls', 'tls'] },
    fromAddress: { type: 'email', sql: sql`a.from_address` },
    fromName: { type: 'text', sql: sql`a.from_name` },
    weight: { type: 'integer', sql: sql`a.weight` },
    maxPerHour: { type: 'integer', sql: sql`a.max_per_hour` },
    maxPerSecond: { type: 'integer', sql: sql`a.max_per_second` },
    connections: { type: 'integer', sql: sql`a.connections` },
    messagesPerConnection: { type: 'integer', sql: sql`a.messages_per_connection` },
    warmUp: { type: 'text', sql: sql`a.warm_up::text`, select: sql`a.warm_up` },
    senderIdentities: { type: 'multiEnum', sql: sql`array(select i.identity from sender_identity i where i.account_id = a.id order by i.position)` },
    oauth2: { type: 'text', sql: sql`a.token_url`, select: oauth2 },
    state: { type: 'enum', sql: sql`case when a.host = '' then 'notSetUp' when a.broken_until > ${now} then 'broken' else 'ok' end`, options: ['ok', 'broken', 'notSetUp'] },
    brokenUntil: { type: 'dateTime', sql: sql`a.broken_until` },
    brokenSince: { type: 'dateTime', sql: sql`a.broken_since` },
    brokenReason: { type: 'text', sql: sql`a.broken_reason` },
    isDefault: { type: 'boolean', sql: isDefault },
    version: { type: 'integer', sql: sql`a.version` },
  },
  search: [sql`a.name`, sql`a.host`],
  defaultSort: 'name',
})

export const accountsPage = (db: Db, query: ListQuery, now: Date, timeZone: string) => listPage(db, accounts(now), query, { now, timeZone })

export async function presentAccount(db: Db, id: string, now: Date): Promise<OutboundAccount> {
  await readAccount(db, id)
  const { items } = await listPage(db, { ...accounts(now), where: sql<boolean>`a.id = ${id}` }, { limit: 1 }, { now, timeZone: 'UTC' })
  if (!items[0]) throw notFound('outbound account', id)
  return items[0] as unknown as OutboundAccount
}
