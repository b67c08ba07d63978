/** The Sandbox's inbox in the database: what was captured, exactly as it came in. */
import { sql } from 'kysely'
import postalMime from 'postal-mime'
import type { Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { inBatches } from '../platform/in-batches.ts'
import { answerTo, summaryOf } from './envelope.ts'
import { linksIn } from './links.ts'

/** One mail for one recipient; `raw` is what came between DATA and the final dot, dot-stuffing undone. */
export type Captured = { envelopeFrom: string; envelopeTo: string; raw: Buffer }

/** One statement for many mails. Their bytes travel as one value: an array of them would have to be spelled out as text. */
export async function captureMessages(db: Db, captured: readonly Captured[]): Promise<void> {
  let end = 0
  const rows = captured.map((mail) => {
    const start = end
    end += mail.raw.length
    return { ...mail, ...summaryOf(mail.raw), id: newId(), answer: answerTo(mail), start: start + 1, size: mail.raw.length }
  })
  const of = <Value>(value: (row: (typeof rows)[number]) => Value) => rows.map(value)
  await sql`
    insert into sandbox_message (id, received_at, envelope_from, envelope_to, subject, from_text, to_text, size, answer_due, raw)
    select id, clock_timestamp(), envelope_from, envelope_to, subject, from_text, to_text, size, answer,
           substring(${Buffer.concat(captured.map(({ raw }) => raw))}::bytea from start for size) from unnest(
      ${of((row) => row.id)}::uuid[], ${of((row) => row.envelopeFrom)}::text[], ${of((row) => row.envelopeTo)}::text[], ${of((row) => row.subject)}::text[],
      ${of((row) => row.fromText)}::text[], ${of((row) => row.toText)}::text[], ${of((row) => row.start)}::int[], ${of((row) => row.size)}::int[],
      ${of((row) => row.answer)}::text[])
      as mail (id, envelope_from, envelope_to, subject, from_text, to_text, start, size, answer)`.execute(db)
}

export const sandboxMessages: Listable = {
  from: sql`sandbox_message`,
  id: sql`sandbox_message.id`,
  columns: {
    id: { type: 'text', sql: sql`id`, shown: false },
    from: { type: 'text', sql: sql`from_text` },
    to: { type: 'text', sql: sql`to_text` },
    subject: { type: 'text', sql: sql`subject` },
    size: { type: 'integer', sql: sql`size`, notNull: true },
    receivedAt: { type: 'dateTime', sql: sql`received_at`, notNull: true },
    envelopeFrom: { type: 'email', sql: sql`envelope_from` },
    envelopeTo: { type: 'email', sql: sql`envelope_to` },
  },
  search: [sql`subject`, sql`from_text`, sql`to_text`, sql`envelope_to`],
  defaultSort: '-receivedAt',
}

/** A captured mail taken apart; throws notFound. */
export async function readMessage(db: Db, id: string) {
  const row = await readRow(db, id)
  const mail = await postalMime.parse(row.raw)
  return {
    id: row.id, from: row.fromText, to: row.toText, subject: row.subject, size: row.size, receivedAt: row.receivedAt.toISOString(),
    envelopeFrom: row.envelopeFrom, envelopeTo: row.envelopeTo,
    raw: row.raw.toString('utf8'),
    html: mail.html ?? null,
    text: mail.text ?? null,
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    links: linksIn(mail.html ?? '', mail.text ?? ''),
  }
}

/** The bytes of a captured mail, exactly as received; throws notFound. */
export const readRaw = async (db: Db, id: string): Promise<Buffer> => (await readRow(db, id)).raw

async function readRow(db: Db, id: string) {
  const row = isId(id) ? await db.selectFrom('sandboxMessage').selectAll().where('id', '=', id).executeTakeFirst() : undefined
  if (!row) throw notFound('message', id)
  return row
}

/** TRUNCATE would wait for every capture under way; a delete does not. */
export const emptySandbox = (db: Db) => db.deleteFrom('sandboxMessage').execute()

/** Clean Up. */
export const forgetOldMessages = (db: Db, keptSince: Date): Promise<number> => inBatches((limit) => sql`
  delete from sandbox_message where id in (select id from sandbox_message where received_at < ${keptSince} limit ${limit})`.execute(db), 500)
