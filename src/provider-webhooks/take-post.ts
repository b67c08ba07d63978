/** A post of a provider: proved, then written down with what it means, in one transaction; only then it is answered. */
import { takeReports } from '../mailbox/provider-reports.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import { replayWindowMs } from './mailgun.ts'
import { notBelieved, type Opened, type Post } from './provider.ts'
import type { Providers } from './providers.ts'
import type { Webhook } from './webhooks.ts'

export async function takePost({ db, secrets }: { db: Db; secrets: Secrets }, providers: Providers, webhook: Webhook, post: Post): Promise<void> {
  try {
    if (!webhook.keySealed) throw notBelieved('No key is set for this webhook, so nothing can be proved.')
    const { reports, once } = await providers[webhook.provider].open(post, secrets.open(webhook.keySealed))
    await takeReports({ db, secrets }, webhook.id, reports, post.now, async (tx) => {
      if (once) await useOnce(tx, webhook.id, once, post.now)
      await tx.updateTable('providerWebhook').set({ lastEventAt: post.now }).where('id', '=', webhook.id).execute()
    })
  } catch (error) {
    if (error instanceof AppError && error.kind === 'forbidden') await noteRefusal(db, webhook.id, error.message, post.now)
    throw error
  }
}

/** The same event may be told again with the same token; another one is a forgery that was heard from the first. */
async function useOnce(tx: Tx, webhookId: string, { token, eventId }: NonNullable<Opened['once']>, now: Date): Promise<void> {
  await tx.insertInto('providerWebhookToken').values({ webhookId, token, eventId, at: now }).onConflict((conflict) => conflict.doNothing()).execute()
  const used = await tx.selectFrom('providerWebhookToken').select('eventId')
    .where('webhookId', '=', webhookId).where('token', '=', token).executeTakeFirstOrThrow()
  if (used.eventId !== eventId) throw notBelieved('Its signature was used before, for another event.')
}

const noteRefusal = (db: Db, id: string, lastRefusal: string, now: Date) =>
  db.updateTable('providerWebhook').set({ lastRefusal, lastRefusalAt: now }).where('id', '=', id).execute()

/** Clean Up: tokens that are too old to be believed in any case. */
export async function forgetUsedTokens(db: Db, now: Date): Promise<number> {
  const gone = await db.deleteFrom('providerWebhookToken').where('at', '<', new Date(now.getTime() - 2 * replayWindowMs)).executeTakeFirst()
  return Number(gone.numDeletedRows)
}
