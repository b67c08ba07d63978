/** Judged messages into the database, with what they say in the log, in the caller's transaction. One way for every door. */
import type { MailKind } from '../bounce/classification.ts'
import { noteLoopReturn } from '../bounce-loop/returns.ts'
import type { Tx } from '../platform/db.ts'
import type { Judged } from './judge.ts'
import { recordFindings, type Said } from './record-findings.ts'

/** What shall become of a message in the mailbox once it was read. */
export type AfterReading = { markRead?: boolean | undefined; moveTo?: string | null | undefined }

/** Where messages lie. `afterReading` by kind of message. */
export type Place = { accountId: string; folder: string; uidValidity: number; afterReading: Partial<Record<MailKind, AfterReading>> }

export type Door = { door: 'imap'; place: Place } | { door: 'smtp' | 'sandbox' } | { door: 'webhook'; webhookId: string }

/** `uid`: its number in the mailbox, if it lies in one. */
export type Row = { id: string; message: { uid: number | null; receivedAt: Date; raw: Buffer }; judged: Judged }

/**
 * Answers those that are new: what is known by what it says is passed over, whatever door it came by. `passing` acts as the others do
 * and leaves no row.
 */
export async function takeIn(tx: Tx, door: Door, rows: readonly Row[], now: Date, passing: readonly Row[] = []): Promise<Row[]> {
  const fresh = await insertMessages(tx, door, rows, now)
  const said = fresh.flatMap(saidBy)
  await recordFindings(tx, [...said, ...passing.flatMap(saidBy)], now)
  await insertFindings(tx, said)
  await noteLoops(tx, door, fresh)
  return fresh
}

async function noteLoops(tx: Tx, from: Door, rows: readonly Row[]): Promise<void> {
  const accountId = from.door === 'imap' ? from.place.accountId : null
  for (const { id, message, judged } of rows) for (const loop of judged.loops) await noteLoopReturn(tx, loop, { messageId: id, door: from.door, accountId, at: message.receivedAt })
}

const saidBy = ({ id, message, judged: { findings, kept, classification } }: Row): Said[] =>
  findings.map((finding) => ({ ...finding, messageId: id, at: message.receivedAt, text: classification.kind === 'reply' ? kept?.text ?? '' : '' }))

/** Two processes that take the same message do it one after the other. */
async function insertMessages(tx: Tx, door: Door, rows: readonly Row[], now: Date): Promise<Row[]> {
  const fresh: Row[] = []
  for (const row of rows) {
    const { message: { uid, receivedAt, raw }, judged: { digest, classification, outcome, kept } } = row
    const inserted = await tx.insertInto('mailboxMessage').values({
      id: row.id, ...whence(door, row), uid, digest, receivedAt, readAt: now, kind: classification.kind, outcome,
      classification: JSON.stringify(kept ? { ...verdictOf(row.judged), ...kept } : verdictOf(row.judged)), raw: kept ? raw : null,
    }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
    if (inserted) fresh.push(row)
  }
  return fresh
}

function whence(from: Door, { judged: { kept, classification: { kind } } }: Row) {
  if (from.door !== 'imap') return { ...from, folder: '' }
  const { accountId, folder, uidValidity, afterReading } = from.place
  return { door: from.door, accountId, folder, uidValidity, afterReading: kept && afterReading[kind] ? JSON.stringify(afterReading[kind]) : null }
}

/** More recipients than this no screen shows. */
const mostRecipients = 20

const verdictOf = ({ classification: { rule, confidence, bounce, recipients }, outcome }: Judged) =>
  (outcome === 'ignored' ? { rule } : { rule, confidence, bounce, recipients: recipients.slice(0, mostRecipients) })

export async function insertFindings(tx: Tx, said: readonly Said[]): Promise<void> {
  if (said.length === 0) return
  await tx.insertInto('mailboxFinding').values(said.map(({ messageId, kind, doubt, reason, reply, at, origin }) => ({
    messageId, kind, doubt, reason, reply, at, lane: origin.lane, deliveryId: origin.id, massEmailId: origin.massEmailId, campaignId: origin.campaignId,
    entityType: origin.entityType, recordId: origin.recordId, emailAddress: origin.emailAddress,
  }))).execute()
}
