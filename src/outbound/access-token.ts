/**
 * Access tokens for XOAUTH2: a refresh token becomes one at the provider's token endpoint (RFC 6749 6). They lie sealed in the database,
 * so all processes share one.
 */
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import { errorText } from './outcome.ts'
import { oneLine } from './reply.ts'

export type TokenGround = { db: Db; clock: Clock; secrets: Secrets }
/** The reason is the token endpoint's own, or the system's error. */
export type TokenAnswer = { token: string } | { reason: string }

export type TokenSource = {
  current(): Promise<TokenAnswer>
  /** The server did not take it: whoever signs in next asks for a new one. */
  forget(): Promise<void>
}

export type TokenClient = { tokenUrl: string; clientId: string; clientSecret: string; refreshToken: string; scope: string }
export type FreshToken = { accessToken: string; seconds: number; /** Some providers hand out a new one each time. */ refreshToken: string | null }

const deadlineMs = 10_000
const maxAnswerBytes = 65_536
// RFC 6749 5.1 leaves the life of a token out at times; five minutes are shorter than anybody's.
const assumedSeconds = 300
// What ends within a minute would end in the middle of signing in.
const renewBeforeMs = 60_000

/** Many connections that open at once ask together. */
export function tokenSource(ground: TokenGround, accountId: string): TokenSource {
  let asking: Promise<TokenAnswer> | null = null
  return {
    current: () => (asking ??= currentToken(ground, accountId).finally(() => { asking = null })),
    async forget() {
      await ground.db.updateTable('outboundAccount').set({ accessTokenSealed: null, accessTokenUntil: null }).where('id', '=', accountId).execute()
    },
  }
}

async function currentToken({ db, clock, secrets }: TokenGround, accountId: string): Promise<TokenAnswer> {
  const account = await db.selectFrom('outboundAccount').selectAll().where('id', '=', accountId).executeTakeFirst()
  if (!account?.refreshTokenSealed) return { reason: 'There is no refresh token for this account.' }
  const { accessTokenSealed, accessTokenUntil, refreshTokenSealed, clientSecretSealed, tokenUrl, clientId, scope } = account
  const isGood = accessTokenUntil !== null && accessTokenUntil.getTime() - renewBeforeMs > clock().getTime()
  if (accessTokenSealed && isGood) return { token: secrets.open(accessTokenSealed) }
  const answer = await requestAccessToken({
    tokenUrl, clientId, scope, refreshToken: secrets.open(refreshTokenSealed),
    clientSecret: clientSecretSealed === null ? '' : secrets.open(clientSecretSealed),
  })
  if ('reason' in answer) return answer
  // A refresh token that an administrator replaced meanwhile is not overwritten by the successor of the old one.
  await db.updateTable('outboundAccount').set({
    accessTokenSealed: secrets.seal(answer.accessToken), accessTokenUntil: new Date(clock().getTime() + answer.seconds * 1000),
    ...(answer.refreshToken && { refreshTokenSealed: secrets.seal(answer.refreshToken) }),
  }).where('id', '=', accountId).where('refreshTokenSealed', '=', refreshTokenSealed).execute()
  return { token: answer.accessToken }
}

/** Asks the token endpoint once. Follows no redirect: what it is given is a secret. */
export async function requestAccessToken(client: TokenClient): Promise<FreshToken | { reason: string }> {
  const { tokenUrl } = client
  try {
    const response = await fetch(tokenUrl, {
      method: 'POST', body: formOf(client), headers: { accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(deadlineMs),
    })
    return readAnswer(response.status, await boundedText(response))
  } catch (error) {
    return { reason: `${new URL(tokenUrl).host}: ${errorText((error as Error).cause ?? error)}` }
  }
}

function formOf({ clientId, clientSecret, refreshToken, scope }: TokenClient): URLSearchParams {
  return new URLSearchParams({
    grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId,
    ...(clientSecret && { client_secret: clientSecret }), ...(scope && { scope }),
  })
}

/** RFC 6749 5.1 and 5.2. */
function readAnswer(status: number, text: string): FreshToken | { reason: string } {
  const answer = parsed(text)
  if (status === 200 && typeof answer['access_token'] === 'string') {
    const { access_token: accessToken, refresh_token: refreshToken } = answer
    const seconds = Number(answer['expires_in'])
    return { accessToken, seconds: seconds > 0 ? seconds : assumedSeconds, refreshToken: typeof refreshToken === 'string' ? refreshToken : null }
  }
  const said = [answer['error'], answer['error_description']].filter((part) => typeof part === 'string').join(': ')
  return { reason: oneLine(said || `The token endpoint answered ${status} without a token.`) }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    return {}
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > maxAnswerBytes) throw new Error('The token endpoint answers too much.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
