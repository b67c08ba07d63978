/**
 * Posts what lies in the outbox. Whoever posts has claimed it for a while, and the number of the claim is his fencing token; when he
 * dies another one posts it again after that, with the same id, by which the receiver knows it.
 */
import { type Selectable, sql } from 'kysely'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { GuardedFetch } from '../platform/guarded-fetch.ts'
import type { Log } from '../platform/log.ts'
import { startLoop } from '../platform/loop.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Tables } from '../platform/tables.ts'
import { testEvent } from './events.ts'
import { signedHeaders } from './signature.ts'

export type PostGround = { db: Db; clock: Clock; secrets: Secrets; fetch: GuardedFetch }

/** Longer than a post can take. */
const claimSeconds = 60
const atOnce = 4
/** Minutes until the next try. */
const pauses = [1, 5, 15, 60]
const longestAnswer = 500

export function startWebhooks(ground: PostGround & { log: Log }): { stop(): Promise<void> } {
  return startLoop({ name: 'webhooks', everyMs: 1_000, log: ground.log, work: async () => { await postDue(ground) } })
}

/** Posts what is due, then answers how many posts there were. */
export async function postDue(ground: PostGround): Promise<number> {
  const postAll = async () => {
    let count = 0
    while (await postNext(ground)) count++
    return count
  }
  const counts = await Promise.all(Array.from({ length: atOnce }, postAll))
  return counts.reduce((sum, count) => sum + count, 0)
}

type Waiting = Selectable<Tables['webhookDelivery']>

async function postNext(ground: PostGround): Promise<boolean> {
  const { db } = ground
  const delivery = await claim(db, ground.clock())
  if (!delivery) return false
  const webhook = await db.selectFrom('webhook').select(['url', 'active', 'secretSealed']).where('id', '=', delivery.webhookId).executeTakeFirst()
  if (!webhook) return true
  if (!webhook.active && delivery.event !== testEvent) await settle(db, delivery, { status: 'failed', answer: 'It was switched off before this was posted.' }, ground.clock())
  else if (delivery.expiresAt <= ground.clock()) await settle(db, delivery, { status: 'failed' }, ground.clock())
  else await act(db, delivery, await post(ground, webhook, delivery), ground.clock())
  return true
}

async function claim(db: Db, now: Date): Promise<Waiting | undefined> {
  const { rows } = await sql<Waiting>`
    update webhook_delivery set due_at = ${now}::timestamptz + make_interval(secs => ${claimSeconds}), attempts = attempts + 1
     where id = (select id from webhook_delivery where due_at <= ${now} order by due_at, id limit 1 for update skip locked) returning *`.execute(db)
  return rows[0]
}

type Outcome = { httpStatus: number | null; answer: string }

async function post({ secrets, clock, fetch }: PostGround, { url, secretSealed }: { url: string; secretSealed: string | null }, { id, body }: Waiting): Promise<Outcome> {
  try {
    const headers = signedHeaders(secretSealed === null ? null : secrets.open(secretSealed), { id, body, at: clock() })
    const { status, body: answer } = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', 'user-agent': 'Tidings-Webhook', ...headers }, body })
    return { httpStatus: status, answer: answer.slice(0, longestAnswer).replaceAll('\0', '') }
  } catch (error) {
    return { httpStatus: null, answer: (error as Error).message }
  }
}

/** 410: the receiver says that it wants no more. All else that is not 2xx may pass. */
const gone = 410

function act(db: Db, delivery: Waiting, outcome: Outcome, now: Date): Promise<void> {
  const { httpStatus } = outcome
  if (httpStatus !== null && httpStatus >= 200 && httpStatus < 300) return settle(db, delivery, { ...outcome, status: 'delivered' }, now)
  if (httpStatus === gone) return settle(db, delivery, { ...outcome, status: 'failed' }, now)
  const next = new Date(now.getTime() + 60_000 * (pauses[delivery.attempts - 1] ?? pauses.at(-1)!))
  return next < delivery.expiresAt ? write(db, delivery, { ...outcome, dueAt: next }) : settle(db, delivery, { ...outcome, status: 'failed' }, now)
}

const settle = (db: Db, delivery: Waiting, outcome: Partial<Outcome> & { status: 'delivered' | 'failed' }, now: Date) => write(db, delivery, { ...outcome, dueAt: null, endedAt: now })

async function write(db: Db, { id, attempts }: Waiting, change: Partial<Waiting>): Promise<void> {
  await db.updateTable('webhookDelivery').set(change).where('id', '=', id).where('attempts', '=', attempts).execute()
}

/** Clean Up: posts that were settled 30 days ago. */
export async function forgetOldPosts(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('webhookDelivery').where('endedAt', '<', new Date(now.getTime() - 30 * 24 * 3_600_000)).executeTakeFirst()
  return Number(numDeletedRows)
}
