/** Mail that the product itself writes is put into an outbox, in the transaction of what it tells; send.ts carries it. */
import { sql } from 'kysely'
import type { MessageFile } from '../message/files.ts'
import type { Db, Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'

export type SystemMail = {
  /** What it is for, as a word for programs: `confirmation`, `report`. */
  purpose: string
  /** Of what it is. The same purpose and ref are queued once, however often that is asked for. */
  ref?: string
  to: { address: string; name?: string }
  subject: string
  text: string
  /** In place of `text` where it opens a door: what nobody who reads the database may read, sealed by the caller. */
  textSealed?: string
  html?: string | null
  /** Those with a contentId are shown where the HTML names them (`cid:…`). */
  files?: readonly MessageFile[]
  /** Of no use afterwards: it is given up then. Without it, a day is tried. */
  expiresAt?: Date
  /** Without angle brackets; made from the mail's id and the sender's domain where it is left out. */
  messageId?: string
  /** Where it comes back to when it cannot be delivered; as for all system mail where it is left out. */
  returnPath?: string
  /** It tells of trouble, which may be that of the default account: another one that works may carry it. */
  anyAccount?: boolean
}

const hours = (count: number) => count * 3_600_000

/** Answers its id, or null where it had been queued before. */
export async function queueSystemMail(tx: Tx, mail: SystemMail, now: Date): Promise<string | null> {
  const id = newId()
  const { numInsertedOrUpdatedRows: inserted } = await tx.insertInto('systemMail').values({
    id, purpose: mail.purpose, ref: mail.ref ?? '', toAddress: mail.to.address, toName: mail.to.name ?? '', subject: mail.subject, textBody: mail.text, textSealed: mail.textSealed ?? null, htmlBody: mail.html ?? null,
    messageId: mail.messageId ?? null, returnPath: mail.returnPath ?? null, anyAccount: mail.anyAccount ?? false, dueAt: now, expiresAt: mail.expiresAt ?? new Date(now.getTime() + hours(24)), createdAt: now,
  }).onConflict((conflict) => conflict.columns(['purpose', 'ref']).where('ref', '<>', '').doNothing()).executeTakeFirst()
  if (inserted === 0n) return null
  const files = (mail.files ?? []).map(({ fileName, contentType, contentId, content }, place) => ({ mailId: id, place, fileName, contentType, contentId: contentId ?? null, content }))
  if (files.length > 0) await tx.insertInto('systemMailFile').values(files).execute()
  return id
}

/** What waits for a way out. */
export async function queuedRefs(db: Db, purpose: string): Promise<string[]> {
  const rows = await db.selectFrom('systemMail').select('ref').where('purpose', '=', purpose).where('dueAt', 'is not', null).execute()
  return rows.map(({ ref }) => ref)
}

/** What waits and is not wanted any more. What may have left already stays as it is. */
export async function withdrawSystemMail(tx: Tx, purpose: string, refs: readonly string[]): Promise<void> {
  await tx.deleteFrom('systemMail').where('purpose', '=', purpose).where(sql<boolean>`ref = any(${refs}::text[])`).where('ref', '<>', '').where('dueAt', 'is not', null).where('wireAt', 'is', null).execute()
}

/** Clean Up: mail that was settled 30 days ago. */
export async function forgetOldMail(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('systemMail').where('endedAt', '<', sql<Date>`${now}::timestamptz - interval '30 days'`).executeTakeFirst()
  return Number(numDeletedRows)
}
