/** Is what comes back read? */
import { returnMailboxOf } from '../campaign/return-mailbox.ts'
import type { BounceLoop } from '../bounce-loop/contract.ts'
import { readBounceLoop } from '../bounce-loop/loops.ts'
import { loopReader } from '../bounce-loop/reader.ts'
import { defaultAccount } from '../outbound/accounts.ts'
import type { Ground } from '../platform/ground.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { type Check, error, type Finding, ok, unknown, warning } from './check.ts'

type Found = Omit<Finding, 'code'>

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

const bounceLoop: Check = {
  code: 'bounceLoop',
  async look(ground, now) {
    const account = await defaultAccount(ground.db)
    return judgeBounceLoop(await readBounceLoop(ground, now), { sandbox: account?.kind === 'sandbox', returnsTo: (await loopReader(ground.db, ground.environment)).returnsTo })
  },
}

/** What the last test says of the way back as it is now: of another way it says nothing. */
export function judgeBounceLoop(loop: BounceLoop, now: { sandbox: boolean; returnsTo: string }): Found {
  if (loop.status === 'never') return unknown(loop.message)
  if (loop.status === 'running') return unknown(`The test is under way: ${loop.message}`)
  if (loop.sandbox && !now.sandbox) return unknown('It was tested in the Sandbox only: test it again with the account that mail leaves by now.')
  if (!loop.sandbox && wayOf(loop.returnPath!) !== wayOf(now.returnsTo)) return unknown(`Since the last test bounces return elsewhere (${now.returnsTo}): test it again.`)
  const message = `${loop.message} Tested ${loop.startedAt}.`
  return loop.status === 'succeeded' ? ok(message) : warning(message, loop.advice)
}

/** With VERP every address is another one. */
const wayOf = (address: string) => address.toLowerCase().replace(/^bounce\+[^@]*@/, 'bounce+@')

export const returnChecks = [bounceMailbox, bounceLoop]
