/** Group email accounts in the database: made, changed, removed. Their SMTP side becomes an outbound account while it is for mass email. */
import type { Selectable } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { changeGroupAccount, createGroupAccount, type GroupAccount, removeGroupAccount } from '../outbound/group-accounts.ts'
import type { Security } from '../outbound/session.ts'
import type { Db, Tx } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import { type Fault, invalid, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Tables } from '../platform/tables.ts'
import type { GroupEmailAccountChange } from './contract.ts'
import { mergedOauth, openedOauth } from './oauth.ts'
import { mergedServer, serverColumns } from './servers.ts'

export type MailAccount = Selectable<Tables['groupEmailAccount']>
type Ground = { actor: Actor; secrets: Secrets; now: Date }

export async function readMailAccount(db: Db, id: string): Promise<MailAccount> {
  const row = isId(id) ? await db.selectFrom('groupEmailAccount').selectAll().where('id', '=', id).where('deletedAt', 'is', null).executeTakeFirst() : undefined
  if (!row) throw notFound('group email account', id)
  return row
}

export async function createMailAccount(tx: Tx, given: GroupEmailAccountChange & { name: string }, { actor, secrets, now }: Ground): Promise<string> {
  const id = newId()
  await tx.insertInto('groupEmailAccount').values({ id, name: given.name, fetchSince: now, createdAt: now, createdBy: actor.userId }).execute()
  await write(tx, await readMailAccount(tx, id), given, { actor, secrets, now })
  await audit(tx, actor, 'groupEmailAccountCreated', { type: 'GroupEmailAccount', id, name: given.name })
  return id
}

export async function changeMailAccount(tx: Tx, id: string, given: GroupEmailAccountChange, ground: Ground & { expectVersion(version: number): void }): Promise<void> {
  await tx.selectFrom('groupEmailAccount').select('id').where('id', '=', (await readMailAccount(tx, id)).id).forUpdate().execute()
  const account = await readMailAccount(tx, id)
  ground.expectVersion(account.version)
  await write(tx, account, given, ground)
  await tx.updateTable('groupEmailAccount').set({ version: account.version + 1 }).where('id', '=', id).execute()
  await audit(tx, ground.actor, 'groupEmailAccountChanged', { type: 'GroupEmailAccount', id, name: account.name, detail: { fields: Object.keys(given) } })
}

/** What was read stays; its secrets go. */
export async function removeMailAccount(tx: Tx, id: string, { actor, now }: Ground): Promise<void> {
  const account = await readMailAccount(tx, id)
  await tx.updateTable('groupEmailAccount').set({
    deletedAt: now, status: 'inactive', forMassEmail: false, outboundAccountId: null,
    imapPasswordSealed: null, smtpPasswordSealed: null, oauth: null, accessTokenSealed: null, accessTokenUntil: null,
  }).where('id', '=', id).execute()
  if (account.outboundAccountId) await removeGroupAccount(tx, account.outboundAccountId, now)
  await audit(tx, actor, 'groupEmailAccountRemoved', { type: 'GroupEmailAccount', id, name: account.name })
}

async function write(tx: Tx, before: MailAccount, given: GroupEmailAccountChange, { actor, secrets, now }: Ground): Promise<void> {
  const { imap, smtp, oauth2, afterReading, fetchSince, ...columns } = given
  await tx.updateTable('groupEmailAccount').set({
    ...columns, ...storedAddresses(given),
    ...(afterReading && { afterReading: JSON.stringify(afterReading) }), ...(fetchSince !== undefined && { fetchSince: fetchSince === null ? before.createdAt : new Date(fetchSince) }),
    ...(imap !== undefined && serverColumns('imap', mergedServer('imap', before, imap, secrets))),
    ...(smtp !== undefined && serverColumns('smtp', mergedServer('smtp', before, smtp, secrets))),
    ...(oauth2 !== undefined && { oauth: mergedOauth(before.oauth, oauth2, secrets), accessTokenSealed: null, accessTokenUntil: null }),
    // What is set anew was not refused yet.
    refusedInRow: 0, modifiedAt: now, modifiedBy: actor.userId,
  }).where('id', '=', before.id).execute()
  await followMassEmail(tx, await readMailAccount(tx, before.id), secrets, now)
}

/** What cannot be mailed is refused: nobody would see its answers. */
function storedAddresses(given: GroupEmailAccountChange): Partial<Record<'emailAddress' | 'bounceAddress' | 'replyToAddress', string>> {
  const paths = (['emailAddress', 'bounceAddress', 'replyToAddress'] as const).filter((path) => given[path] !== undefined)
  const parsed = paths.map((path) => ({ path, ...parseAddress(given[path]!) }))
  const faults: Fault[] = parsed.filter(({ wellFormed }) => !wellFormed).map(({ path }) => ({ path, message: 'This is not an email address.' }))
  if (faults.length > 0) throw invalid(faults)
  return Object.fromEntries(parsed.map(({ path, address }) => [path, address]))
}

/** The outbound account follows: it is there while the account is for mass email. */
async function followMassEmail(tx: Tx, account: MailAccount, secrets: Secrets, now: Date): Promise<void> {
  if (!account.forMassEmail) {
    await tx.updateTable('groupEmailAccount').set({ outboundAccountId: null }).where('id', '=', account.id).execute()
    if (account.outboundAccountId) await removeGroupAccount(tx, account.outboundAccountId, now)
    return
  }
  const faults: Fault[] = [
    ...(account.smtpHost ? [] : [{ path: 'smtp.host', message: 'Mass email needs an SMTP server: enter its host.' }]),
    ...(account.emailAddress ? [] : [{ path: 'emailAddress', message: 'Mass email needs a sender: enter the address of this account.' }]),
  ]
  if (faults.length > 0) throw invalid(faults)
  if (account.outboundAccountId) return changeGroupAccount(tx, secrets, account.outboundAccountId, outboundSide(account, secrets), now)
  const outboundAccountId = await createGroupAccount(tx, secrets, outboundSide(account, secrets), now)
  await tx.updateTable('groupEmailAccount').set({ outboundAccountId }).where('id', '=', account.id).execute()
}

/** Bounces come back to the mailbox that is read, unless another address is set. */
export function outboundSide(account: MailAccount, secrets: Secrets): GroupAccount {
  const { name, emailAddress, fromName, bounceAddress, smtpHost, smtpPort, smtpSecurity, smtpAuth, smtpUsername, smtpPasswordSealed, oauth } = account
  return {
    name, fromAddress: emailAddress, fromName, bounceAddress: bounceAddress || emailAddress,
    smtp: {
      host: smtpHost, port: smtpPort, security: smtpSecurity as Security, auth: smtpAuth as 'password' | 'oauth2', username: smtpUsername,
      password: smtpPasswordSealed === null ? null : secrets.open(smtpPasswordSealed), oauth2: openedOauth(oauth, secrets) ?? undefined,
    },
  }
}
