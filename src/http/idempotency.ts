/** Idempotency-Key on POST: for 24 hours the same key gives the same answer, and the work is done once. Answers that show a secret once lie here, too: they are sealed, and so is the hash by which a request is known again. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { Ground } from '../platform/ground.ts'
import type { Secrets } from '../platform/secrets.ts'

type Answer = { status: number; body: unknown }

type Kept = Pick<Ground, 'db' | 'secrets'>

export async function once({ db, secrets }: Kept, about: { userId: string; key: string; request: unknown }, work: () => Promise<Answer>): Promise<Answer> {
  const { userId, key } = about
  const requestHash = createHash('sha256').update(JSON.stringify(about.request)).digest('hex')
  // Sealed, for a short request (a password) could be guessed by its hash; and so a new secret keeps it.
  const mine = await takeKey(db, userId, key, secrets.seal(requestHash))
  if (!mine) return earlierAnswer({ db, secrets }, userId, key, requestHash)
  const answer = await work().catch(async (error: unknown) => {
    // Nothing was done: the same key may be tried again.
    await db.deleteFrom('idempotencyKey').where('userId', '=', userId).where('key', '=', key).execute()
    throw error
  })
  // Should this fail, the key stays taken: the work is done, and must not be done twice.
  await db.updateTable('idempotencyKey').set({ status: answer.status, answerSealed: secrets.seal(JSON.stringify(answer.body ?? null)) })
    .where('userId', '=', userId).where('key', '=', key).execute()
  return answer
}

async function takeKey(db: Db, userId: string, key: string, requestSealed: string): Promise<boolean> {
  await db.deleteFrom('idempotencyKey').where('userId', '=', userId).where('key', '=', key)
    .where('createdAt', '<', sql<Date>`now() - interval '24 hours'`).execute()
  const taken = await db.insertInto('idempotencyKey').values({ userId, key, requestSealed })
    .onConflict((conflict) => conflict.doNothing()).returning('key').executeTakeFirst()
  return taken !== undefined
}

async function earlierAnswer({ db, secrets }: Kept, userId: string, key: string, requestHash: string): Promise<Answer> {
  const row = await db.selectFrom('idempotencyKey').selectAll().where('userId', '=', userId).where('key', '=', key).executeTakeFirst()
  const request = opened(secrets, row?.requestSealed)
  if (request !== null && request !== requestHash) {
    throw new AppError('conflict', 'idempotencyKeyReused', 'This Idempotency-Key was used for another request. Use a new one.')
  }
  if (!row?.status) throw new AppError('conflict', 'stillWorking', 'The first request with this Idempotency-Key is still being worked on. Ask again shortly.')
  const answer = opened(secrets, row.answerSealed)
  if (request === null || answer === null) throw new AppError('conflict', 'answerUnknown', 'The request with this Idempotency-Key was done, but its answer cannot be read any more: the secret that sealed it is gone. Look at what is there before you ask for it anew.')
  return { status: row.status, body: JSON.parse(answer) }
}

/** Null where it was emptied, or nobody can open it any more. */
function opened(secrets: Secrets, sealed: string | null | undefined): string | null {
  try {
    return sealed ? secrets.open(sealed) : null
  } catch {
    return null
  }
}

/** Clean Up: keys whose 24 hours are over. */
export async function forgetOldKeys(db: Db): Promise<number> {
  const gone = await db.deleteFrom('idempotencyKey').where('createdAt', '<', sql<Date>`now() - interval '24 hours'`).executeTakeFirst()
  return Number(gone.numDeletedRows)
}
