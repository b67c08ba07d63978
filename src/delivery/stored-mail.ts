/** Store sent emails: the rendered mail of each delivery, byte for byte as it was handed over. Filling a template later would show other values. */
import { sql } from 'kysely'
import postalMime from 'postal-mime'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { groupCommit } from '../platform/group-commit.ts'
import { inBatches } from '../platform/in-batches.ts'
import { laneCount } from '../platform/lanes.ts'
import { parseDeliveryKey } from './delivery-key.ts'

/** `raw`: the message as it stands before dot-stuffing. */
export type SentMail = { lane: number; deliveryId: number; massEmailId: string; raw: Buffer; at: Date }

/** Keeps mails in group commits; resolves when it is committed. To be called before the message is handed over, so that what was sent is never missing. */
export function createMailStore(db: Db): (mail: SentMail) => Promise<void> {
  const commit = groupCommit<SentMail, void>(async (mails) => {
    await storeMails(db, mails)
    return mails.map(() => undefined)
  }, mailsAtOnce)
  return (mail) => commit.add(mail)
}

const mailsAtOnce = 200

/** One statement for each lane. Of a delivery that is sent again the last mail is kept. */
export async function storeMails(db: Db, mails: readonly SentMail[]): Promise<void> {
  for (const lane of [...new Set(mails.map((mail) => mail.lane))].sort((a, b) => a - b)) {
    // The last of each delivery: one statement may write a row only once.
    await storeInLane(db, lane, [...new Map(mails.filter((mail) => mail.lane === lane).map((mail) => [mail.deliveryId, mail])).values()])
  }
}

/** The bytes travel as one value: an array of them would have to be spelled out as text. */
async function storeInLane(db: Db, lane: number, mails: readonly SentMail[]): Promise<void> {
  let end = 1
  const rows = mails.map((mail) => {
    const start = end
    end += mail.raw.length
    return { ...mail, start, size: mail.raw.length }
  })
  const of = <Value>(value: (row: (typeof rows)[number]) => Value) => rows.map(value)
  await sql`
    insert into stored_mail as known (lane, delivery_id, mass_email_id, stored_at, raw)
    select ${lane}, delivery_id, mass_email_id, stored_at, substring(${Buffer.concat(of(({ raw }) => raw))}::bytea from start for size) from unnest(
      ${of((row) => row.deliveryId)}::bigint[], ${of((row) => row.massEmailId)}::uuid[], ${of((row) => row.at)}::timestamptz[],
      ${of((row) => row.start)}::int[], ${of((row) => row.size)}::int[]) as mail (delivery_id, mass_email_id, stored_at, start, size)
    on conflict (lane, delivery_id) do update set stored_at = excluded.stored_at, raw = excluded.raw`.execute(db)
}

/** The stored mail of a delivery, taken apart for reading. Throws notFound where nothing was stored. */
export async function readStoredMail(db: Db, massEmailId: string, deliveryId: string) {
  const { lane, id } = parseDeliveryKey(deliveryId, 'deliveryId')
  const row = await db.selectFrom('storedMail').select(['raw', 'storedAt'])
    .where('lane', '=', lane).where('deliveryId', '=', id).where('massEmailId', '=', massEmailId).executeTakeFirst()
  if (!row) throw new AppError('notFound', 'nothingStored', 'The mail of this delivery was not stored. Switch on “Store sent emails” before a mass email starts.')
  const { subject, html, text } = await postalMime.parse(row.raw)
  return { raw: row.raw.toString('utf8'), subject: subject ?? '', html: html ?? null, text: text ?? null, size: row.raw.length, storedAt: row.storedAt.toISOString() }
}

/** Clean Up, lane by lane. */
export async function forgetStoredMail(db: Db, keptSince: Date): Promise<number> {
  let count = 0
  for (let lane = 0; lane < laneCount; lane++) {
    count += await inBatches((limit) => sql`
      delete from stored_mail where lane = ${lane} and delivery_id in (select delivery_id from stored_mail where lane = ${lane} and stored_at < ${keptSince} limit ${limit})`.execute(db), 500)
  }
  return count
}
