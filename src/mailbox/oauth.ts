/** Signing in to the mailbox by OAuth 2.0: the stored client, and an access token that is fetched when it runs out. */
import { requestAccessToken, type TokenAnswer, type TokenClient, type TokenGround } from '../outbound/access-token.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { MailAccount } from './accounts.ts'
import type { GroupEmailAccountChange } from './contract.ts'

export type StoredOauth = { tokenUrl: string; clientId: string; scope: string; clientSecretSealed: string | null; refreshTokenSealed: string | null }

/** A secret that is not given stays only while token endpoint and client do: it must not reach another one. */
export function mergedOauth(stored: StoredOauth | null, change: NonNullable<GroupEmailAccountChange['oauth2']> | null, secrets: Secrets): string | null {
  if (change === null) return null
  const { tokenUrl, clientId, scope, clientSecret, refreshToken } = change
  const sameClient = stored?.tokenUrl === tokenUrl && stored.clientId === clientId
  const kept = (given: string | null | undefined, sealed: string | null | undefined) => (given ? secrets.seal(given) : given === undefined && sameClient ? sealed ?? null : null)
  return JSON.stringify({
    tokenUrl, clientId, scope, clientSecretSealed: kept(clientSecret, stored?.clientSecretSealed), refreshTokenSealed: kept(refreshToken, stored?.refreshTokenSealed),
  } satisfies StoredOauth)
}

export function openedOauth(stored: StoredOauth | null, secrets: Secrets): TokenClient | null {
  if (!stored) return null
  const { tokenUrl, clientId, scope, clientSecretSealed, refreshTokenSealed } = stored
  const open = (sealed: string | null) => (sealed === null ? '' : secrets.open(sealed))
  return { tokenUrl, clientId, scope, clientSecret: open(clientSecretSealed), refreshToken: open(refreshTokenSealed) }
}

/** What ends within a minute would end in the middle of signing in. */
const renewBeforeMs = 60_000

/** The token that all processes share until it ends. Without a client the password itself is the token, as some servers hand them out. */
export async function mailboxToken({ db, secrets, clock }: TokenGround, account: MailAccount): Promise<TokenAnswer> {
  const { id, oauth, accessTokenSealed, accessTokenUntil, imapPasswordSealed } = account
  const client = openedOauth(oauth, secrets)
  if (!client) return imapPasswordSealed ? { token: secrets.open(imapPasswordSealed) } : { reason: 'There is no refresh token for this account.' }
  if (accessTokenSealed && accessTokenUntil && accessTokenUntil.getTime() - renewBeforeMs > clock().getTime()) return { token: secrets.open(accessTokenSealed) }
  const answer = await requestAccessToken(client)
  if ('reason' in answer) return answer
  await db.updateTable('groupEmailAccount').set({
    accessTokenSealed: secrets.seal(answer.accessToken), accessTokenUntil: new Date(clock().getTime() + answer.seconds * 1000),
    ...(answer.refreshToken && { oauth: JSON.stringify({ ...oauth, refreshTokenSealed: secrets.seal(answer.refreshToken) }) }),
  }).where('id', '=', id).where('modifiedAt', '=', account.modifiedAt).execute()
  return { token: answer.accessToken }
}
