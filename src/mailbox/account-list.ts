/** Group email accounts as shown. Secrets never leave the database. */
import { type RawBuilder, sql } from 'kysely'
import { listPage } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { readMailAccount } from './accounts.ts'
import type { GroupEmailAccount } from './contract.ts'

const server = (side: 'imap' | 'smtp'): RawBuilder<unknown> => {
  const column = (name: string) => sql.ref(`a.${side}_${name}`)
  return sql`jsonb_build_object('host', ${column('host')}, 'port', ${column('port')}, 'security', ${column('security')}, 'auth', ${column('auth')},
    'username', ${column('username')}, 'passwordSet', ${column('password_sealed')} is not null)`
}

const oauth2 = sql`case when a.oauth is null then null else jsonb_build_object('tokenUrl', a.oauth ->> 'tokenUrl', 'clientId', a.oauth ->> 'clientId', 'scope', a.oauth ->> 'scope',
  'clientSecretSet', a.oauth ->> 'clientSecretSealed' is not null, 'refreshTokenSet', a.oauth ->> 'refreshTokenSealed' is not null) end`

const lastCheck = sql`case when a.checked_at is null then null else jsonb_build_object(
  'at', to_char(a.checked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'error', a.check_error, 'advice', a.check_advice, 'found', coalesce(a.check_found, '{}')) end`

const shown = (host: RawBuilder<unknown>, select: RawBuilder<unknown>) => ({ type: 'text' as const, sql: host, select })

const accounts: Listable = {
  from: sql`group_email_account a`,
  id: sql`a.id`,
  where: sql<boolean>`a.deleted_at is null`,
  columns: {
    id: { type: 'link', sql: sql`a.id` },
    name: { type: 'text', sql: sql`a.name` },
    emailAddress: { type: 'email', sql: sql`a.email_address` },
    status: { type: 'enum', sql: sql`a.status`, options: ['active', 'inactive'] },
    imap: shown(sql`a.imap_host`, server('imap')),
    smtp: shown(sql`a.smtp_host`, server('smtp')),
    oauth2: shown(sql`a.oauth ->> 'clientId'`, oauth2),
    monitoredFolders: { type: 'multiEnum', sql: sql`a.monitored_folders` },
    fetchSince: { type: 'dateTime', sql: sql`a.fetch_since` },
    afterReading: shown(sql`a.after_reading::text`, sql`a.after_reading`),
    forMassEmail: { type: 'boolean', sql: sql`a.for_mass_email` },
    bounceAddress: { type: 'email', sql: sql`a.bounce_address` },
    fromName: { type: 'text', sql: sql`a.from_name` },
    replyToAddress: { type: 'email', sql: sql`a.reply_to_address` },
    outboundAccountId: { type: 'link', sql: sql`a.outbound_account_id` },
    lastCheck: shown(sql`a.check_error`, lastCheck),
    createdAt: { type: 'dateTime', sql: sql`a.created_at` },
    modifiedAt: { type: 'dateTime', sql: sql`a.modified_at` },
    version: { type: 'integer', sql: sql`a.version` },
  },
  search: [sql`a.name`, sql`a.email_address`],
  defaultSort: 'name',
}

export const mailAccountsPage = (db: Db, query: ListQuery, now: Date) => listPage(db, accounts, query, { now, timeZone: 'UTC' })

export async function presentMailAccount(db: Db, id: string, now: Date): Promise<GroupEmailAccount> {
  const { id: known } = await readMailAccount(db, id)
  const { items } = await listPage(db, { ...accounts, where: sql<boolean>`a.id = ${known}` }, { limit: 1 }, { now, timeZone: 'UTC' })
  return items[0] as unknown as GroupEmailAccount
}
