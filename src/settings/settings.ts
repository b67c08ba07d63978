/** Settings as the rest of the program reads them: whole, typed, with defaults. One row per group, so a change is one act. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import { type Fault, invalid } from '../platform/errors.ts'
import { given } from '../platform/given.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { General, OutboundEmails } from './contract.ts'
import { generalDefaults, outboundEmailsDefaults } from './defaults.ts'
import type { SettingGroup } from './table.ts'

type SmtpStored = { host: string | null; port: number; security: 'none' | 'starttls' | 'tls'; username: string; passwordSealed: string | null }
export type OutboundEmailSettings = Omit<OutboundEmails, 'systemSmtp' | 'version'> & { systemSmtp: SmtpStored }
export type GeneralSettings = Omit<General, 'version'>

const { passwordSet: _none, ...smtpDefaults } = outboundEmailsDefaults.systemSmtp
const outboundDefaults: OutboundEmailSettings = { ...outboundEmailsDefaults, systemSmtp: { ...smtpDefaults, passwordSealed: null } }

export const readOutboundEmails = (db: Db): Promise<OutboundEmailSettings & { version: number }> => read(db, 'outboundEmails', outboundDefaults)
export const readGeneral = (db: Db): Promise<GeneralSettings & { version: number }> => read(db, 'general', generalDefaults)

/** Where links in mail lead. */
export const publicUrlOf = (general: GeneralSettings): string => general.publicUrl || general.siteUrl

/** What the API shows: no password, only that there is one. */
export function presentOutboundEmails(settings: OutboundEmailSettings & { version: number }): OutboundEmails {
  const { passwordSealed, ...smtp } = settings.systemSmtp
  return { ...settings, systemSmtp: { ...smtp, passwordSet: passwordSealed !== null } }
}

type OutboundChange = Partial<Omit<OutboundEmailSettings, 'systemSmtp' | 'window'>> & {
  window?: Partial<NonNullable<OutboundEmailSettings['window']>> | null | undefined
  systemSmtp?: Partial<Omit<SmtpStored, 'passwordSealed'> & { password: string | null }> | null | undefined
}

/** Merges a change into the settings (nested objects too). `expect` is called with the stored version while the row is locked. */
export function changeOutboundEmails(tx: Tx, secrets: Secrets, change: OutboundChange, userId: string, expect: (version: number) => void) {
  return write(tx, 'outboundEmails', outboundDefaults, userId, expect, (before) => ({
    ...before, ...given(change), ...storedAddresses(change),
    window: change.window === undefined ? before.window : change.window && { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', ...before.window, ...given(change.window) },
    systemSmtp: change.systemSmtp === undefined ? before.systemSmtp : mergeSmtp(before.systemSmtp, change.systemSmtp, secrets),
  }))
}

/** Stored as every address is (the domain as an A-label); what cannot be mailed is refused: nobody would see its answers. */
function storedAddresses(change: Pick<OutboundChange, 'fromAddress' | 'bounceAddress'>) {
  const faults = addressFaults(change)
  if (faults.length > 0) throw invalid(faults)
  return Object.fromEntries(parsedAddresses(change).map(({ path, address }) => [path, address]))
}

/** Of whatever somebody sent; what is no text at all is another fault. `within` stands before the names. */
export const addressFaults = (change: { fromAddress?: unknown; bounceAddress?: unknown }, within = ''): Fault[] =>
  parsedAddresses(change).filter(({ wellFormed }) => !wellFormed).map(({ path }) => ({ path: within + path, message: 'This is not an email address.' }))

const parsedAddresses = (change: { fromAddress?: unknown; bounceAddress?: unknown }) =>
  (['fromAddress', 'bounceAddress'] as const).flatMap((path) => (typeof change[path] === 'string' ? [{ path, ...parseAddress(change[path]) }] : []))

/** `null` brings the Sandbox back. A password that is not given is kept only while host and user name stay: it must not reach another server. */
function mergeSmtp(before: SmtpStored, change: NonNullable<OutboundChange['systemSmtp']> | null, secrets: Secrets): SmtpStored {
  if (change === null) return outboundDefaults.systemSmtp
  const { password, ...rest } = change
  const after = { ...before, ...given(rest) }
  const sameServer = after.host === before.host && after.username === before.username
  const passwordSealed = password ? secrets.seal(password) : password === null || password === '' || !sameServer ? null : before.passwordSealed
  return { ...after, host: after.host || null, passwordSealed }
}

export const changeGeneral = (tx: Tx, change: Partial<GeneralSettings>, userId: string, expect: (version: number) => void) =>
  write(tx, 'general', generalDefaults, userId, expect, (before) => ({ ...before, ...given(change) }))

/**
 * First-start values from the environment; what an administrator has set since is not touched.
 * A Site URL that is only this machine's default follows the port on which the program listens now.
 */
export async function ensureSiteUrl(db: Db, { siteUrl, publicUrl = '', localUrl }: { siteUrl?: string | undefined; publicUrl?: string | undefined; localUrl: string }) {
  const first = JSON.stringify({ siteUrl: siteUrl ?? localUrl })
  await db.insertInto('setting')
    .values({ name: 'general', value: JSON.stringify({ siteUrl: siteUrl ?? localUrl, publicUrl }) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`setting.value || ${first}::jsonb` })
      .where(sql<boolean>`coalesce(setting.value->>'siteUrl', '') ~ '^(http://localhost:[0-9]+)?$'`))
    .execute()
}

async function read<Value extends object>(db: Db, name: SettingGroup, defaults: Value): Promise<Value & { version: number }> {
  const row = await db.selectFrom('setting').select(['value', 'version']).where('name', '=', name).executeTakeFirst()
  return { ...defaults, ...row?.value, version: row?.version ?? 0 }
}

async function write<Value extends object>(
  tx: Tx, name: SettingGroup, defaults: Value, userId: string | null, expect: (version: number) => void, change: (before: Value) => Value,
): Promise<{ before: Value; after: Value & { version: number } }> {
  await tx.insertInto('setting').values({ name, value: '{}', version: 0 }).onConflict((conflict) => conflict.doNothing()).execute()
  const row = await tx.selectFrom('setting').select(['value', 'version']).where('name', '=', name).forUpdate().executeTakeFirstOrThrow()
  expect(row.version)
  const before = { ...defaults, ...row.value } as Value
  const after = change(before)
  const version = row.version + 1
  await tx.updateTable('setting').set({ value: JSON.stringify(after), version, modifiedAt: sql`now()`, modifiedBy: userId }).where('name', '=', name).execute()
  return { before, after: { ...after, version } }
}
