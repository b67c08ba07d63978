/** Outbound accounts of kind group: the SMTP side of group email accounts, made, changed and removed by whoever keeps those. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Account, readAccount } from './accounts.ts'
import type { Security } from './session.ts'

/** A secret that is not given stays only while server, user and token endpoint do: it must not reach another one. `null` removes it. */
export type GroupSmtp = {
  host: string
  port: number
  security: Security
  auth: 'password' | 'oauth2'
  username: string
  password?: string | null | undefined
  oauth2?: GroupOauth2 | undefined
}
type GroupOauth2 = { tokenUrl: string; clientId: string; scope: string; clientSecret?: string | null | undefined; refreshToken?: string | null | undefined }
export type GroupAccount = { name: string; smtp: GroupSmtp; fromAddress: string; fromName: string; bounceAddress: string }

export async function createGroupAccount(tx: Tx, secrets: Secrets, account: GroupAccount, now: Date): Promise<string> {
  const id = newId()
  await tx.insertInto('outboundAccount').values({ id, kind: 'group', modifiedAt: now, ...columnsOf(null, account, secrets) }).execute()
  return id
}

/** What is set anew has not failed yet: its circuit is closed. */
export async function changeGroupAccount(tx: Tx, secrets: Secrets, id: string, account: GroupAccount, now: Date): Promise<void> {
  const before = await readAccount(tx, id)
  await tx.updateTable('outboundAccount').set({
    ...columnsOf(before, account, secrets), modifiedAt: now, version: before.version + 1,
    brokenUntil: null, brokenReason: null, brokenSince: null, failuresInRow: 0,
  }).where('id', '=', id).execute()
}

/** Out of sight and without a server or secrets. What was sent through it still names it; what still has to leave keeps it: 409. */
export async function removeGroupAccount(tx: Tx, id: string, now: Date): Promise<void> {
  await readAccount(tx, id)
  const { rows } = await sql<{ name: string }>`
    select name from mass_email where deleted_at is null and status in ('pending', 'inProcess', 'paused')
       and (account_id = ${id} or ${id}::uuid = any(shared_account_ids) or frozen ->> 'accountId' = ${id}) limit 5`.execute(tx)
  if (rows.length > 0) {
    const names = rows.map(({ name }) => name).join(', ')
    throw new AppError('conflict', 'accountInUse', `This account still has mail to send: ${names}. Cancel it, or wait until it is complete.`)
  }
  await tx.deleteFrom('senderIdentity').where('accountId', '=', id).execute()
  await tx.updateTable('outboundAccount').set({
    removedAt: now, host: '', username: '', auth: 'password', passwordSealed: null,
    clientSecretSealed: null, refreshTokenSealed: null, accessTokenSealed: null, accessTokenUntil: null,
  }).where('id', '=', id).execute()
}

function columnsOf(before: Account | null, { smtp, ...rest }: GroupAccount, secrets: Secrets) {
  const { host, port, security, auth, username, password, oauth2 = { tokenUrl: '', clientId: '', scope: '' } } = smtp
  const { tokenUrl, clientId, scope, clientSecret, refreshToken } = oauth2
  const sameServer = before?.host === host && before.username === username
  const sameClient = sameServer && before.tokenUrl === tokenUrl && before.clientId === clientId
  const kept = (given: string | null | undefined, stored: string | null | undefined, isSame: boolean) =>
    given ? secrets.seal(given) : given === undefined && isSame ? stored ?? null : null
  const clientSecretSealed = kept(clientSecret, before?.clientSecretSealed, sameClient)
  const refreshTokenSealed = kept(refreshToken, before?.refreshTokenSealed, sameClient)
  return {
    ...rest, host, port, security, auth, username, tokenUrl, clientId, scope, clientSecretSealed, refreshTokenSealed,
    passwordSealed: kept(password, before?.passwordSealed, sameServer),
    // A new way in starts with a new access token.
    accessTokenSealed: null, accessTokenUntil: null,
  }
}
