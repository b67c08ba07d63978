/** A person's word on what came back: takes the place of the proof, or of the rule that did not understand. Written down with who said it. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { linkKeyPurpose } from '../message/recipient-links.ts'
import type { Tx } from '../platform/db.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { FindingKind, HandKind } from './codes.ts'
import { signedOrigins } from './origins.ts'
import { recordFindings, type Said } from './record-findings.ts'
import { type Sign, signsIn } from './signs.ts'
import { insertFindings } from './take-in.ts'

type Ground = { actor: Actor; secrets: Secrets; now: Date }

/** `ignore` closes the matter; anything else is logged and acts on the deliveries that the message is about. */
export async function classifyByHand(tx: Tx, id: string, as: HandKind, { actor, secrets, now }: Ground): Promise<void> {
  const message = isId(id) ? await tx.selectFrom('mailboxMessage').selectAll().where('id', '=', id).forUpdate().executeTakeFirst() : undefined
  if (!message) throw notFound('message', id)
  if (as !== 'ignore') {
    const known = await tx.selectFrom('mailboxFinding').select(['lane', 'deliveryId as id', 'reason', 'reply']).where('messageId', '=', id).execute()
    const signs: Sign[] = known.length > 0 ? known : message.raw ? signsIn(secrets.keys(linkKeyPurpose), message.raw, { messageIds: [], deliveryTokens: [], sentTo: [] }) : []
    const said = await saidByHand(tx, signs, { kind: as, messageId: id, at: message.receivedAt, reply: known[0]?.reply ?? '', reason: known[0]?.reason ?? '', text: message.classification.text ?? '' })
    if (said.length === 0) throw new AppError('conflict', 'noDelivery', 'It names no delivery of ours. If the address shall not be mailed again, add it under Suppressions.')
    await recordFindings(tx, said, now)
    await tx.deleteFrom('mailboxFinding').where('messageId', '=', id).execute()
    await insertFindings(tx, said)
  }
  await tx.updateTable('mailboxMessage').set({ outcome: as === 'ignore' ? 'ignored' : 'logged', handledAt: now, handledBy: actor.userId }).where('id', '=', id).execute()
  await audit(tx, actor, 'mailboxMessageClassified', { type: 'MailboxMessage', id, detail: { as } })
}

export type Which = { ids?: string[] | undefined; domain?: string | undefined; from?: string | undefined; to?: string | undefined }

/** Enough for one transaction; whoever has more presses again. */
const mostAtOnce = 5_000

/** Answers how many addresses were marked. */
export async function markInvalidByHand(tx: Tx, which: Which, { actor, now }: Ground): Promise<number> {
  const { rows } = await sql<{ id: string; messageId: string; lane: number; deliveryId: number; reason: string; reply: string; at: Date }>`
    select f.id, f.message_id, f.lane, f.delivery_id, f.reason, f.reply, f.at from mailbox_finding f
     where f.kind = 'hard' and f.doubt is not null and f.doubt <> 'testMail' and f.handled_at is null
       ${which.ids ? sql`and f.message_id = any(${which.ids.filter(isId)}::uuid[])` : sql``}
       ${which.domain ? sql`and split_part(lower(f.email_address), '@', 2) = lower(${which.domain}::text)` : sql``}
       ${which.from ? sql`and f.at >= ${new Date(which.from)}` : sql``} ${which.to ? sql`and f.at <= ${new Date(which.to)}` : sql``}
     order by f.id limit ${mostAtOnce} for update`.execute(tx)
  const said: Said[] = []
  for (const { messageId, lane, deliveryId, reason, reply, at } of rows) {
    said.push(...await saidByHand(tx, [{ lane, id: deliveryId }], { kind: 'hard', messageId, at, reason, reply, text: '' }))
  }
  await recordFindings(tx, said, now)
  const handled = { handledAt: now, handledBy: actor.userId }
  if (rows.length > 0) {
    await tx.updateTable('mailboxFinding').set(handled).where('id', 'in', rows.map(({ id }) => id)).execute()
    await tx.updateTable('mailboxMessage').set({ ...handled, outcome: 'logged' }).where('id', 'in', rows.map(({ messageId }) => messageId)).execute()
    await audit(tx, actor, 'bouncesTakenForTrue', { type: 'MailboxMessage', detail: { ...which, ids: which.ids?.length, marked: said.length } })
  }
  return new Set(said.map(({ origin }) => origin.emailAddress.toLowerCase())).size
}

/** A test mail acts for nobody, whoever says so. */
async function saidByHand(tx: Tx, signs: readonly Sign[], words: Omit<Said, 'origin' | 'doubt' | 'kind'> & { kind: FindingKind }): Promise<Said[]> {
  const origins = await signedOrigins(tx, signs)
  return origins.filter(({ test }) => !test).map((origin) => ({ ...words, origin: { ...origin, signed: false }, doubt: null }))
}
