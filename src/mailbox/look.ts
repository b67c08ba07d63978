/** Whether the mailboxes of active group email accounts can be read now, for Delivery Health. Changes nothing in them. */
import { setTimeout as wait } from 'node:timers/promises'
import type { TokenGround } from '../outbound/access-token.ts'
import type { MailAccount } from './accounts.ts'
import { mayAsk } from './check-accounts.ts'
import { testImapSide } from './test-account.ts'

export type MailboxFault = { message: string; advice: string }

/** One answer an account that cannot be read. `asked`: by a person, so a server that refused us is asked again at once. */
export async function unreadableMailboxes(ground: TokenGround, now: Date, { asked }: { asked: boolean }): Promise<MailboxFault[]> {
  const accounts = await ground.db.selectFrom('groupEmailAccount').selectAll().where('status', '=', 'active').where('deletedAt', 'is', null)
    .where('imapHost', '<>', '').orderBy('name').execute()
  const faults = await Promise.all(accounts.map((account) => (asked || mayAsk(account, now) ? faultInTime(ground, account, now) : faultKnown(account))))
  return faults.filter((fault) => fault !== null)
}

/** Whoever asked with a wrong password before is answered later and later; meanwhile what was known stays true. */
const knownAfterMs = 3_500

function faultInTime(ground: TokenGround, account: MailAccount, now: Date): Promise<MailboxFault | null> {
  const known = faultKnown(account)
  const asked = faultNow(ground, account, now)
  return known ? Promise.race([asked, wait(knownAfterMs, known, { ref: false })]) : asked
}

async function faultNow(ground: TokenGround, account: MailAccount, now: Date): Promise<MailboxFault | null> {
  const { ok, message, reply, advice } = await testImapSide(ground, account, now, { hurried: true })
  return ok ? null : { message: `${account.name}: ${message} (${reply})`, advice }
}

const faultKnown = ({ name, checkError, checkAdvice }: MailAccount): MailboxFault | null => (checkError ? { message: `${name}: ${checkError}`, advice: checkAdvice ?? '' } : null)
