/** Messages in, what they say in the log: with their rows and the folder's mark in one transaction, so that none is lost and none counts twice. */
import { sql } from 'kysely'
import type { MailKind } from '../bounce/classification.ts'
import { linkKeyPurpose } from '../message/recipient-links.ts'
import type { Db, Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import { again } from '../response/again.ts'
import { type Judged, judge } from './judge.ts'
import { recordFindings, type Said } from './record-findings.ts'

/** What shall become of a message in the mailbox once it was read. */
export type AfterReading = { markRead?: boolean | undefined; moveTo?: string | null | undefined }

/** Where messages lie. `afterReading` by kind of message. */
export type Place = { accountId: string; folder: string; uidValidity: number; afterReading: Partial<Record<MailKind, AfterReading>> }
export type Fetched = { uid: number; receivedAt: Date; raw: Buffer }
/** How many messages of which kind were new. */
export type Found = Partial<Record<MailKind, number>>

type Row = { id: string; message: Fetched; judged: Judged }

/** What was read before, under whatever UID, is passed over. The folder is read up to `through` then. */
export async function ingest({ db, secrets }: { db: Db; secrets: Secrets }, place: Place, messages: readonly Fetched[], through: number, now: Date): Promise<Found> {
  const key = secrets.key(linkKeyPurpose)
  const rows: Row[] = []
  for (const message of messages) rows.push({ id: newId(), message, judged: await judge(db, key, message.raw, now) })
  return again(() => db.transaction().execute(async (tx) => {
    const fresh = await insertMessages(tx, place, rows, now)
    const said = fresh.flatMap(saidBy)
    await recordFindings(tx, said, now)
    await insertFindings(tx, said)
    await moveOn(tx, place, through)
    return countKinds(fresh)
  }))
}

const saidBy = ({ id, message, judged: { findings, kept, classification } }: Row): Said[] =>
  findings.map((finding) => ({ ...finding, messageId: id, at: message.receivedAt, text: classification.kind === 'reply' ? kept?.text ?? '' : '' }))

/** Answers those that are new; two processes that read the same message do it one after the other. */
async function insertMessages(tx: Tx, place: Place, rows: readonly Row[], now: Date): Promise<Row[]> {
  const { accountId, folder, uidValidity, afterReading } = place
  const fresh: Row[] = []
  for (const row of rows) {
    const { message: { uid, receivedAt, raw }, judged: { digest, classification, outcome, kept } } = row
    const inserted = await tx.insertInto('mailboxMessage').values({
      id: row.id, accountId, folder, uidValidity, uid, digest, receivedAt, readAt: now, kind: classification.kind, outcome,
      classification: JSON.stringify(kept ? { ...verdictOf(row.judged), ...kept } : verdictOf(row.judged)), raw: kept ? raw : null,
      afterReading: kept && afterReading[classification.kind] ? JSON.stringify(afterReading[classification.kind]) : null,
    }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
    if (inserted) fresh.push(row)
  }
  return fresh
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

/** Of a folder that was made anew meanwhile nothing is marked: its UIDs are others. */
export const moveOn = (tx: Db, { accountId, folder, uidValidity }: Place, lastUid: number) => sql`
  update mailbox_folder set last_uid = greatest(last_uid, ${lastUid}), attempts = 0
   where account_id = ${accountId} and folder = ${folder} and uid_validity = ${uidValidity}`.execute(tx)

function countKinds(rows: readonly Row[]): Found {
  const found: Found = {}
  for (const { judged: { classification: { kind } } } of rows) found[kind] = (found[kind] ?? 0) + 1
  return found
}
