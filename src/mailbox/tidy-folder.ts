/** Does in the mailbox what an administrator set for a kind of message: marks it read, moves it. Only what belongs to a delivery of ours is ever touched. */
import type { Db } from '../platform/db.ts'
import { type Imap, openFolder } from './imap.ts'
import type { AfterReading, Place } from './take-in.ts'

/** Written down when the message was read, done now, and crossed out then: a crash in between does it again, which changes nothing. */
export async function tidyFolder(imap: Imap, db: Db, { accountId, folder, uidValidity }: Place): Promise<void> {
  const waiting = await db.selectFrom('mailboxMessage').select(['id', 'uid', 'uidValidity', 'afterReading'])
    .where('accountId', '=', accountId).where('folder', '=', folder).where('afterReading', 'is not', null).orderBy('uid').execute()
  if (waiting.length === 0) return
  await openFolder(imap, folder, { readOnly: false })
  for (const message of waiting) {
    // Under another UIDVALIDITY the number would name somebody else's mail.
    if (message.uid !== null && message.uidValidity === uidValidity) await tidy(imap, message.uid, message.afterReading as AfterReading)
    await db.updateTable('mailboxMessage').set({ afterReading: null }).where('id', '=', message.id).execute()
  }
}

async function tidy(imap: Imap, uid: number, { markRead, moveTo }: AfterReading): Promise<void> {
  if (markRead) await imap.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
  if (moveTo) await imap.messageMove(String(uid), moveTo, { uid: true })
}
