/** How far a folder was read, and what to do when reading it fails: nothing is passed over but a message that failed again and again. */
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { moveOn } from './ingest.ts'
import type { Place } from './take-in.ts'

export type Mark = { lastUid: number; attempts: number }

/** With another UIDVALIDITY all UIDs are new (RFC 3501 2.3.1.1): the folder is read from the start, and what is known is known by what it says. */
export async function markOf(db: Db, { accountId, folder, uidValidity }: Place): Promise<Mark> {
  const known = await db.selectFrom('mailboxFolder').select(['uidValidity', 'lastUid', 'attempts']).where('accountId', '=', accountId).where('folder', '=', folder).executeTakeFirst()
  if (known && known.uidValidity === uidValidity) return known
  const fresh = { uidValidity, lastUid: 0, attempts: 0 }
  await db.insertInto('mailboxFolder').values({ accountId, folder, ...fresh })
    .onConflict((conflict) => conflict.columns(['accountId', 'folder']).doUpdateSet(fresh)).execute()
  return fresh
}

/** Written before a batch is begun, so that a message that ends the process is found out too. The transaction of the batch sets it back. */
export async function beginAttempt(db: Db, { accountId, folder, uidValidity }: Place): Promise<number> {
  const { attempts } = await db.updateTable('mailboxFolder').set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('accountId', '=', accountId).where('folder', '=', folder).where('uidValidity', '=', uidValidity).returning('attempts').executeTakeFirstOrThrow()
  return attempts
}

/** A message that failed this often is set aside, with the reason, for a person to look at. */
export const mostAttempts = 3

export const setAside = (db: Db, place: Place, message: { uid: number; receivedAt: Date }, reason: string, now: Date): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const { accountId, folder, uidValidity } = place
    await tx.insertInto('mailboxMessage').values({
      id: newId(), accountId, folder, uidValidity, uid: message.uid, receivedAt: message.receivedAt, readAt: now, kind: 'other', outcome: 'setAside', error: reason,
    }).onConflict((conflict) => conflict.doNothing()).execute()
    await moveOn(tx, place, message.uid)
  })
