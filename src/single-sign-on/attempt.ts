/** One way through the provider: what the browser keeps meanwhile, sealed, and that it opens the door once. */
import { createHash } from 'node:crypto'
import { isLocalPath } from '../access/local-path.ts'
import type { Db } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Checks, newChecks } from './provider.ts'

export const attemptCookie = 'tidings_single_sign_on'

/** As long as somebody may take to sign in there. */
export const lifetimeSeconds = 15 * 60

/** `to`: where the person wanted to go. */
export type Attempt = Checks & { to: string; until: number }

export const beginAttempt = (to: string, now: Date): Attempt => ({ ...newChecks(), to: isLocalPath(to) ? to : '/', until: now.getTime() + lifetimeSeconds * 1000 })

/** Only we can write it, nobody can read it; the word keeps any other sealed text from passing for one. */
export const sealAttempt = (secrets: Secrets, attempt: Attempt): string => secrets.seal(`${word}${JSON.stringify(attempt)}`)

const word = 'singleSignOn:'

/** The attempt of this browser that the answer belongs to; null when there is none, or it is over. */
export function readAttempt(secrets: Secrets, cookie: string | undefined, state: string | null, now: Date): Attempt | null {
  const text = cookie ? opened(secrets, cookie) : ''
  if (!text.startsWith(word)) return null
  const attempt = JSON.parse(text.slice(word.length)) as Attempt
  return attempt.state === state && attempt.until > now.getTime() ? attempt : null
}

function opened(secrets: Secrets, cookie: string): string {
  try {
    return secrets.open(cookie)
  } catch {
    return ''
  }
}

/** False when this state came back before. Written before the code is used: of two requests at once one goes on. */
export async function useOnce(db: Db, { state, until }: Attempt): Promise<boolean> {
  const stateHash = createHash('sha256').update(state).digest('hex')
  const written = await db.insertInto('singleSignOnUsedState').values({ stateHash, until: new Date(until) })
    .onConflict((conflict) => conflict.doNothing()).returning('stateHash').executeTakeFirst()
  return written !== undefined
}

export async function forgetUsedStates(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('singleSignOnUsedState').where('until', '<', now).executeTakeFirst()
  return Number(numDeletedRows)
}
