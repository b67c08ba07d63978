/** Idempotency-Key on POST: for 24 hours the same key gives the same answer, and the work is done once. Answers that show a secret once lie here, too: sealed, and of requests only a keyed hash. */
import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { Ground } from '../platform/ground.ts'

type Answer = { status: number; body: unknown }

type Kept = Pick<Ground, 'db' | 'secrets'>

export async function once({ db, secrets }: Kept, about: { userId: string; key: string; request: unknown }, work: () => Promise<Answer>): Promise<Answer> {
  const { userId, key } = about
  // By an earlier secret, too: a request that is repeated while the secret is changed is no other one.
  const hashes = secrets.keys('idempotency').map((secret) => createHmac('sha256', secret).update(JSON.stringify(about.request)).digest('hex'))
  const mine = await takeKey(db, userId, key, hashes[0]!)
  if (!mine) return earlierAnswer({ db, secrets }, userId, key, hashes)
  const answer = await work().catch(async (error: unknown) => {
    // Nothing was done: the same key may be tried again.
    await db.deleteFrom('idempotencyKey').where('userId', '=', userId).where('key', '=', key).execute()
    throw error
  })
  // Should this fail, the key stays taken: the work is done, and must not be done twice.
  await db.updateTable('idempotencyKey').set({ status: answer.status, body: JSON.stringify(secrets.seal(JSON.stringify(answer.body ?? null))) })
    .where('userId', '=', userId).where('key', '=', key).execute()
  return answer
}

async function takeKey(db: Db, userId: string, key: string, requestHash: string): Promise<boolean> {
  await db.deleteFrom('idempotencyKey').where('userId', '=', userId).where('key', '=', key)
    .where('createdAt', '<', sql<Date>`now() - interval '24 hours'`).execute()
  const taken = await db.insertInto('idempotencyKey').values({ userId, key, requestHash })
    .onConflict((conflict) => conflict.doNothing()).returning('key').executeTakeFirst()
  return taken !== undefined
}

async function earlierAnswer({ db, secrets }: Kept, userId: string, key: string, hashes: readonly string[]): Promise<Answer> {
  const row = await db.selectFrom('idempotencyKey').selectAll().where('userId', '=', userId).where('key', '=', key).executeTakeFirst()
  if (row && !hashes.includes(row.requestHash)) {
    throw new AppError('conflict', 'idempotencyKeyReused', 'This Idempotency-Key was used for another request. Use a new one.')
  }
  if (!row?.status) throw new AppError('conflict', 'stillWorking', 'The first request with this Idempotency-Key is still being worked on. Ask again shortly.')
  return { status: row.status, body: JSON.parse(secrets.open(row.body)) }
}

/** Clean Up: keys whose 24 hours are over. */
export async function forgetOldKeys(db: Db): Promise<number> {
  const gone = await db.deleteFrom('idempotencyKey').where('createdAt', '<', sql<Date>`now() - interval '24 hours'`).executeTakeFirst()
  return Number(gone.numDeletedRows)
}
