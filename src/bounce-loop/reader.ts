/** Who reads what comes back of mail by the default account: a mailbox, our SMTP receiver, or a provider that tells. Reads only. */
import { returnMailboxOf } from '../campaign/return-mailbox.ts'
import { senderOf } from '../campaign/sender.ts'
import type { Db } from '../platform/db.ts'
import type { Environment } from '../platform/environment.ts'
import type { LoopReader } from './loop.ts'

export async function loopReader(db: Db, { bounceReceiver }: Pick<Environment, 'bounceReceiver'>): Promise<LoopReader> {
  const sender = await senderOf(db, { accountId: null, fromAddress: '', fromName: '' })
  const { returnsTo, readBy } = sender ? await returnMailboxOf(db, sender) : { returnsTo: '', readBy: null }
  const job = await db.selectFrom('scheduledJob').select('status').where('name', '=', 'check-group-email-accounts').executeTakeFirst()
  return { returnsTo, readBy, otherDoor: bounceReceiver ? 'the SMTP receiver' : await webhookName(db), jobActive: job?.status === 'active' }
}

async function webhookName(db: Db): Promise<string | null> {
  const webhook = await db.selectFrom('providerWebhook').select('name').where('active', '=', true).where('deletedAt', 'is', null).orderBy('name').limit(1).executeTakeFirst()
  return webhook ? `the webhook “${webhook.name}”` : null
}
