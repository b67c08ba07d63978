/** What an administrator changes of an outbound account itself. Its server is set elsewhere: in the settings, or with its group email account. */
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Tx } from '../platform/db.ts'
import { AppError, invalid, notFound } from '../platform/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Account, readAccount } from './accounts.ts'
import type { OutboundAccountChange } from './contract.ts'
import { setIdentities } from './sender-identities.ts'
import type { WarmUp } from './warm-up.ts'

type Ground = { actor: Actor; secrets: Secrets; now: Date; expectVersion(version: number): void }

export async function changeAccount(tx: Tx, id: string, change: OutboundAccountChange, ground: Ground): Promise<void> {
  const { actor, secrets, now, expectVersion } = ground
  const account = await lockAccount(tx, id)
  expectVersion(account.version)
  const { senderIdentities, warmUp, oauth2, ...columns } = change
  if (senderIdentities !== undefined) await setIdentities(tx, id, senderIdentities ?? [])
  await tx.updateTable('outboundAccount').set({
    ...columns, ...(warmUp !== undefined && { warmUp: warmUp && JSON.stringify(planFrom(warmUp, account, now)) }),
    ...(oauth2 !== undefined && oauth2Columns(account, oauth2, secrets)),
    version: account.version + 1, modifiedAt: now,
  }).where('id', '=', id).execute()
  await audit(tx, actor, 'outboundAccountChanged', { type: 'OutboundAccount', id, name: account.name, detail: { fields: Object.keys(change) } })
}

/** The account, held until the transaction ends. */
async function lockAccount(tx: Tx, id: string): Promise<Account> {
  const { id: known } = await readAccount(tx, id)
  const account = await tx.selectFrom('outboundAccount').selectAll().where('id', '=', known).where('removedAt', 'is', null)
    .forUpdate().executeTakeFirst()
  if (!account) throw notFound('outbound account', id)
  return account
}

/** A plan that goes on keeps the day it began; a new one begins now. */
function planFrom(plan: NonNullable<OutboundAccountChange['warmUp']>, { warmUp }: Account, now: Date): WarmUp {
  const startedAt = plan.startedAt ?? (warmUp as WarmUp | null)?.startedAt ?? now.toISOString()
  return { startPerDay: plan.startPerDay, growthPercent: plan.growthPercent, startedAt: new Date(startedAt).toISOString() }
}

/** `null` goes back to user name and password. A secret that is not given stays while token endpoint and client do. */
function oauth2Columns(account: Account, oauth2: OutboundAccountChange['oauth2'] | null, secrets: Secrets) {
  if (account.kind !== 'system') {
    const why = account.kind === 'group' ? 'How it signs in is set with its group email account.' : 'Nobody signs in to the Sandbox.'
    throw new AppError('conflict', 'signInSetElsewhere', why)
  }
  // What is set anew has not failed yet, and begins with a new access token.
  const anew = { accessTokenSealed: null, accessTokenUntil: null, brokenUntil: null, brokenReason: null, brokenSince: null, failuresInRow: 0 }
  if (!oauth2) return { auth: 'password', tokenUrl: '', clientId: '', scope: '', clientSecretSealed: null, refreshTokenSealed: null, ...anew }
  const { tokenUrl, clientId, scope = account.scope, clientSecret, refreshToken } = oauth2
  const isSame = account.tokenUrl === tokenUrl && account.clientId === clientId
  const kept = (given: string | null | undefined, stored: string | null) =>
    given ? secrets.seal(given) : given === undefined && isSame ? stored : null
  const refreshTokenSealed = kept(refreshToken, account.refreshTokenSealed)
  if (!account.username) throw invalid([{ path: 'oauth2', message: 'Set the user name of the SMTP server first: a token is for one user.' }])
  if (!refreshTokenSealed) throw invalid([{ path: 'oauth2.refreshToken', message: 'Enter the refresh token: access tokens are made from it.' }])
  return { auth: 'oauth2', tokenUrl, clientId, scope, refreshTokenSealed, clientSecretSealed: kept(clientSecret, account.clientSecretSealed), ...anew }
}
