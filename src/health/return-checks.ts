/** Is what comes back read? */
import { returnMailboxOf } from '../campaign/return-mailbox.ts'
import { defaultAccount } from '../outbound/accounts.ts'
import type { Ground } from '../platform/ground.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { type Check, error, ok, unknown, warning } from './check.ts'

const bounceMailbox: Check = {
  code: 'bounceMailbox',
  async look({ db }) {
    const broken = await brokenAccount(db)
    if (broken) return error(`${broken.name}: ${broken.checkError}`, broken.checkAdvice ?? 'Open it in Administration > Group Email Accounts and press Test.')
    const account = await defaultAccount(db)
    if (!account || account.kind === 'sandbox') return unknown('Mail stays in the Sandbox: nothing comes back from outside.')
    const { returnsTo, readBy } = await returnMailboxOf(db, { accountId: account.id, fromAddress: account.fromAddress || (await readOutboundEmails(db)).fromAddress })
    if (!readBy) return warning(`Bounces return to ${returnsTo}, and no group email account reads it.`, 'Add its mailbox in Administration > Group Email Accounts. Until then dead addresses are not found.')
    return ok(readBy.checkedAt ? `${readBy.name} reads ${returnsTo}; last check ${readBy.checkedAt.toISOString()}.` : `${readBy.name} reads ${returnsTo}; it has not been checked yet.`)
  },
}

const brokenAccount = (db: Ground['db']) => db.selectFrom('groupEmailAccount').select(['name', 'checkError', 'checkAdvice'])
  .where('status', '=', 'active').where('deletedAt', 'is', null).where('imapHost', '<>', '').where('checkError', 'is not', null).orderBy('name').limit(1).executeTakeFirst()

export const returnChecks = [bounceMailbox]
