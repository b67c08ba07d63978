/** Messages of a mailbox in, with the folder's mark in one transaction, so that none is lost and none counts twice. */
import { sql } from 'kysely'
import type { MailKind } from '../bounce/classification.ts'
import { linkKeyPurpose } from '../message/recipient-links.ts'
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import { again } from '../response/again.ts'
import { judge } from './judge.ts'
import { type Place, type Row, takeIn } from './take-in.ts'

export type Fetched = { uid: number; receivedAt: Date; raw: Buffer }
/** How many messages of which kind were new. */
export type Found = Partial<Record<MailKind, number>>

/** What was read before, under whatever UID, is passed over. The folder is read up to `through` then. */
export async function ingest({ db, secrets }: { db: Db; secrets: Secrets }, place: Place, messages: readonly Fetched[], through: number, now: Date): Promise<Found> {
  const keys = secrets.keys(linkKeyPurpose)
  const rows: Row[] = []
  for (const message of messages) rows.push({ id: newId(), message, judged: await judge(db, keys, message.raw, now) })
  return again(() => db.transaction().execute(async (tx) => {
    const fresh = await takeIn(tx, { door: 'imap', place }, rows, now)
    await moveOn(tx, place, through)
    return countKinds(fresh)
  }))
}

/** Of a folder that was made anew meanwhile nothing is marked: its UIDs are others. */
export const moveOn = (tx: Db, { accountId, folder, uidValidity }: Place, lastUid: number) => sql`
  update mailbox_folder set last_uid = greatest(last_uid, ${lastUid}), attempts = 0
   where account_id = ${accountId} and folder = ${folder} and uid_validity = ${uidValidity}`.execute(tx)

function countKinds(rows: readonly Row[]): Found {
  const found: Found = {}
  for (const { judged: { classification: { kind } } } of rows) found[kind] = (found[kind] ?? 0) + 1
  return found
}
