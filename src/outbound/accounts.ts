/** Outbound accounts: which there are, which one is the default, and how to reach it. How broken one is stands in breaker.ts. */
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { Tables } from '../platform/tables.ts'
import type { OutboundEmailSettings } from '../settings/settings.ts'
import { type TokenGround, tokenSource } from './access-token.ts'
import type { Deadlines } from './deadlines.ts'
import type { Security, SmtpTarget } from './session.ts'

export type Account = Selectable<Tables['outboundAccount']>

export async function readAccount(db: Db, id: string): Promise<Account> {
  const row = isId(id) ? await db.selectFrom('outboundAccount').selectAll().where('id', '=', id).executeTakeFirst() : undefined
  if (!row) throw notFound('outbound account', id)
  return row
}

/** The system account once a host is set (Administration > Outbound Emails), else the Sandbox; null before the Sandbox's first start. */
export async function defaultAccount(db: Db): Promise<Account | null> {
  const accounts = await db.selectFrom('outboundAccount').selectAll().where('kind', 'in', ['system', 'sandbox']).execute()
  return accounts.find(({ kind, host }) => kind === 'system' && host !== '') ?? accounts.find(({ kind }) => kind === 'sandbox') ?? null
}

/** Every account that mail may leave by now: the default one first, then those of group email accounts. */
export async function accountsInUse(db: Db): Promise<Account[]> {
  const usual = await defaultAccount(db)
  const groups = await db.selectFrom('outboundAccount').selectAll().where('kind', '=', 'group').where('removedAt', 'is', null).where('host', '<>', '').orderBy('name').execute()
  return [...(usual ? [usual] : []), ...groups]
}

/** The system account follows the settings. What is set anew has not failed yet: its circuit is closed. */
export async function saveSystemAccount(tx: Tx, { systemSmtp, fromAddress, fromName, bounceAddress }: OutboundEmailSettings, now: Date): Promise<void> {
  const { host, port, security, username, passwordSealed } = systemSmtp
  await forgetSystemTokens(tx, systemSmtp)
  await sql`
    insert into outbound_account (id, name, kind, host, port, security, username, password_sealed, from_address, from_name, bounce_address, modified_at)
    values (${newId()}, 'System account', 'system', ${host ?? ''}, ${port}, ${security}, ${username}, ${passwordSealed}, ${fromAddress}, ${fromName}, ${bounceAddress}, ${now})
    on conflict (kind) where kind in ('system', 'sandbox') do update
       set host = excluded.host, port = excluded.port, security = excluded.security, username = excluded.username,
           password_sealed = excluded.password_sealed, from_address = excluded.from_address, from_name = excluded.from_name,
           bounce_address = excluded.bounce_address, modified_at = excluded.modified_at, version = outbound_account.version + 1,
           broken_until = null, broken_reason = null, broken_since = null, failures_in_row = 0`.execute(tx)
}

/** Tokens are for one server and one user: with another they are gone, as a password is. */
const forgetSystemTokens = (tx: Tx, { host, username }: OutboundEmailSettings['systemSmtp']) => sql`
  update outbound_account set auth = 'password', ${noTokens} where kind = 'system' and (host, username) is distinct from (${host ?? ''}, ${username})`.execute(tx)

export const noTokens = sql`client_secret_sealed = null, refresh_token_sealed = null, access_token_sealed = null, access_token_until = null`

/** Whether mail goes to the built-in Sandbox as long as nobody chooses another account. */
export const isSandboxDefault = ({ systemSmtp }: OutboundEmailSettings): boolean => !systemSmtp.host

/** `ehloName` is what we call ourselves: a name, or an address in brackets (RFC 5321 4.1.4). */
export function smtpTarget(ground: TokenGround, account: Account, ehloName: string, deadlines?: Deadlines): SmtpTarget {
  return {
    host: account.host, port: account.port, security: account.security as Security, ehloName, deadlines,
    username: account.username || null,
    password: account.passwordSealed === null ? null : ground.secrets.open(account.passwordSealed),
    tokens: account.auth === 'oauth2' ? tokenSource(ground, account.id) : null,
  }
}

/** The host of the Public URL when it is a full name; a server that looks it up should find us. */
export function ehloNameFor(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/i.test(hostname) ? hostname : '[127.0.0.1]'
}
