/** Writes what messages said: log entries, and for what is proved the suppressions and opt-outs, in the caller's transaction. */
import { optOutEntirely } from '../audience/opt-outs.ts'
import { type NewSuppression, suppress } from '../audience/suppressions.ts'
import { settleByEvidence } from '../delivery/evidence.ts'
import { addDetail, entryKey, loggedBefore } from '../log/add-detail.ts'
import { type Action, type LogEvent, unproved } from '../log/entry.ts'
import { recordEvents } from '../log/record-events.ts'
import type { Tx } from '../platform/db.ts'
import { leaveByRequest } from '../response/opt-out.ts'
import { readRecipient } from '../response/recipient.ts'
import type { Finding } from './findings.ts'
import { suppressAfterSoftBounces } from './soft-bounces.ts'

/** A finding with the message that says it, and when that came in. */
export type Said = Finding & { messageId: string; at: Date; /** What a person wrote. */ text: string }

/** Lane after lane, in one order for all writers, so that two of them never wait for each other in a circle. */
export async function recordFindings(tx: Tx, said: readonly Said[], now: Date): Promise<void> {
  const lanes = [...new Set(said.map(({ origin }) => origin.lane))].sort((a, b) => a - b)
  for (const lane of lanes) await recordInLane(tx, lane, said.filter(({ origin }) => origin.lane === lane), now)
}

async function recordInLane(tx: Tx, lane: number, said: readonly Said[], now: Date): Promise<void> {
  // Whoever shows our signature got the mail: an Uncertain delivery has arrived.
  await settleByEvidence(tx, lane, said.filter(({ origin }) => origin.signed && origin.leftAt).map(({ origin }) => origin.id), now)
  const logged = said.flatMap((each) => (each.kind in actionOf ? [{ ...each, action: actionOf[each.kind]!, subject: subjectOf(each) }] : []))
  const before = await loggedBefore(tx, lane, logged.map(({ origin }) => origin.id), [...new Set(logged.map(({ action }) => action))])
  // What was proved needs no claim beside it.
  await recordEvents(tx, lane, logged.filter((each) => each.subject !== unproved || !before.has(provedKey(each))).map(eventOf))
  const fresh = logged.filter((each) => each.doubt === null && !before.has(provedKey(each)))
  // No server tries for a month; and what Clean Up has passed in the log stays as it left it.
  await addDetail(tx, lane, said.filter(({ kind, doubt }) => kind === 'delayed' && doubt !== 'tooOld').map(delayOf))
  await act(tx, fresh, now)
  for (const each of said.filter(({ kind, doubt }) => kind === 'optedOut' && doubt === null)) await optOut(tx, each, now)
}

/** What the log names. Opting out logs itself; of automatic answers it says nothing. */
const actionOf: Partial<Record<Finding['kind'], Action>> = { hard: 'bounced', soft: 'bounced', complained: 'complained', replied: 'replied' }

type Logged = Said & { action: Action; subject: string }

const provedSubject = ({ kind }: Said) => (kind === 'hard' || kind === 'soft' ? kind : '')
/** Soft bounces and replies make nobody unreachable: there it is enough that the entry says how sure it is. */
const subjectOf = (each: Said) => (each.doubt !== null && (each.kind === 'hard' || each.kind === 'complained') ? unproved : provedSubject(each))
const provedKey = (each: Logged) => entryKey({ deliveryId: each.origin.id, action: each.action, subject: provedSubject(each) })

function eventOf(each: Logged): LogEvent {
  const { id: deliveryId, massEmailId, campaignId, entityType, recordId, emailAddress, test } = each.origin
  return { deliveryId, massEmailId, campaignId, entityType, recordId, emailAddress, action: each.action, subject: each.subject, at: each.at, test, detail: detailOf(each) }
}

function detailOf({ kind, doubt, reason, reply, text, messageId }: Said): object {
  return {
    ...(kind !== 'replied' && { verified: doubt === null }), ...(doubt && { doubt }),
    ...(kind === 'hard' && doubt === null && { deadAddress: true }),
    ...(reason && { reason }), ...(reply && { reply }), ...(text && { text }), mailboxMessageId: messageId,
  }
}

const delayOf = ({ origin, reply, reason, at }: Said) =>
  ({ deliveryId: origin.id, action: 'sent' as const, subject: '', detail: { delayed: { at: at.toISOString(), reply: reply || reason } } })

/** Each proof acts once: what somebody cleared since does not come back by the same report. */
async function act(tx: Tx, fresh: readonly Logged[], now: Date): Promise<void> {
  const complaints = fresh.filter(({ kind }) => kind === 'complained')
  await suppress(tx, [...fresh.filter(({ kind }) => kind === 'hard').map(invalidAddress), ...complaints.map(complained)], now)
  for (const { origin } of complaints) await optOutEntirely(tx, origin, { ...proofOf(origin), source: 'complaint' }, now)
  await suppressAfterSoftBounces(tx, fresh.filter(({ kind }) => kind === 'soft').map(({ origin }) => origin), now)
}

async function optOut(tx: Tx, { origin }: Said, now: Date): Promise<void> {
  const recipient = await readRecipient(tx, origin)
  if (recipient) await leaveByRequest(tx, recipient, { source: 'mailto' }, now)
}

const proofOf = ({ lane, id }: Finding['origin']) => ({ lane, deliveryId: id })

const invalidAddress = ({ origin, reply, reason }: Said): NewSuppression =>
  ({ ...personOf(origin), ...proofOf(origin), reason: 'invalid', source: 'bounce', detail: reply || reason })
const complained = ({ origin }: Said): NewSuppression => ({ ...personOf(origin), ...proofOf(origin), reason: 'complained', source: 'complaint' })

const personOf = ({ emailAddress, entityType, recordId }: Finding['origin']) => ({ emailAddress, entityType, recordId })
