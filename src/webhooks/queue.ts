/** What webhooks are told is put into an outbox, in the transaction of what happened; post.ts posts it. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { testEvent, type WebhookEvent } from './events.ts'

/** Tried for so long. */
const expiresMs = 24 * 3_600_000

/** `text` says it for people: chat programs show it as it is. `data` is for programs. */
export type Told = { text: string; data: object }

/** For every webhook that is on and wants it. Answers how many there were. */
export async function queueWebhookEvent(tx: Tx, event: WebhookEvent, told: Told, now: Date): Promise<number> {
  const webhooks = await tx.selectFrom('webhook').select('id').where('active', '=', true).where(sql<boolean>`${event} = any(events)`).orderBy('id').execute()
  for (const { id } of webhooks) await queueFor(tx, id, event, told, now)
  return webhooks.length
}

/** For one webhook, whatever it wants. Answers the delivery's id. */
export async function queueFor(tx: Tx, webhookId: string, event: WebhookEvent | typeof testEvent, { text, data }: Told, now: Date): Promise<string> {
  const id = newId()
  const body = JSON.stringify({ id, type: event, timestamp: now.toISOString(), text, data })
  await tx.insertInto('webhookDelivery').values({ id, webhookId, event, body, dueAt: now, expiresAt: new Date(now.getTime() + expiresMs), createdAt: now }).execute()
  return id
}
