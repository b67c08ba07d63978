/** Messages that no mailbox brought: somebody in this process hands them over, and remembers in the same transaction that it is done. */
import { linkKeyPurpose } from '../message/recipient-links.ts'
import type { Db, Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import { again } from '../response/again.ts'
import { judge } from './judge.ts'
import { type Door, type Row, takeIn } from './take-in.ts'

type HandedOver = { door: Exclude<Door, { door: 'imap' }>; raws: readonly Buffer[]; now: Date; done: (tx: Tx) => Promise<unknown> }

export async function handOver({ db, secrets }: { db: Db; secrets: Secrets }, { door, raws, now, done }: HandedOver): Promise<void> {
  const keys = secrets.keys(linkKeyPurpose)
  const rows: Row[] = []
  for (const raw of raws) rows.push({ id: newId(), message: { uid: null, receivedAt: now, raw }, judged: await judge(db, keys, raw, now) })
  await again(() => db.transaction().execute(async (tx) => {
    await takeIn(tx, door, rows, now)
    await done(tx)
  }))
}
