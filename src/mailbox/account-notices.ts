/** Who hears of a mailbox that cannot be read: the administrators, once when it stays so, and once when it is over. */
import { endNotice, notify } from '../notices/notices.ts'
import type { Db } from '../platform/db.ts'
import type { MailAccount } from './accounts.ts'
import type { Advice } from './imap-advice.ts'

/** `account` is as it was before this check: what fails for the first time may be over with the next. */
export async function tellCheck(db: Db, account: Pick<MailAccount, 'id' | 'name' | 'checkError'>, failure: Advice | null, now: Date): Promise<void> {
  if (account.checkError === null) return
  const about = { type: 'GroupEmailAccount', id: account.id, name: account.name }
  const onceKey = `mailboxBroken:${account.id}`
  if (failure) {
    await notify(db, {
      kind: 'mailboxBroken', level: 'error', to: 'administrators', about, onceKey, title: `${account.name} cannot be read`,
      text: `${failure.message} ${failure.advice} Until then bounces and replies wait in the mailbox; none is lost.`,
    }, now)
  } else if (await endNotice(db, onceKey, now)) {
    await notify(db, { kind: 'mailboxWorks', level: 'success', to: 'administrators', about, title: `${account.name} can be read again`, text: 'What waited in it was read.' }, now)
  }
}
