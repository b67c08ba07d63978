/** What a recipient says by the links of a mail: no, no to everything, yes again. Log and figures move in the same transaction. */
import { optOutEntirely, type OptOutOrigin, optOutOfLists, optOutsOf, subscribeAgain } from '../audience/opt-outs.ts'
import { settleByEvidence } from '../delivery/evidence.ts'
import { recordEvents } from '../log/record-events.ts'
import type { Db, Tx } from '../platform/db.ts'
import { again } from './again.ts'
import { hasSetSomething } from './public.ts'
import type { Recipient } from './recipient.ts'

export type Choice = 'unsubscribe' | 'everything' | 'subscribe'

/** `mayReturn`: something that this delivery's links set, so they may undo it. */
export type Standing = { out: boolean; entirely: boolean; mayReturn: boolean }

/** How the address stands towards the mail it got: out when it left every list of it, or everything. */
export async function standingOf(db: Db, { lane, id, emailAddress, targetListIds }: Recipient): Promise<Standing> {
  const left = await optOutsOf(db, emailAddress, targetListIds)
  const out = left.entirely || (targetListIds.length > 0 && targetListIds.every((listId) => left.targetListIds.includes(listId)))
  return { out, entirely: left.entirely, mayReturn: out && await hasSetSomething(db, { lane, id }) }
}

/** Saying the same again changes nothing but a count in the log. */
export function choose(db: Db, recipient: Recipient, choice: Choice, origin: OptOutOrigin, now: Date): Promise<void> {
  return again(() => db.transaction().execute((tx) =>
    (choice === 'subscribe' ? comeBack(tx, recipient, now) : leave(tx, recipient, choice, origin, now))))
}

async function leave(tx: Tx, recipient: Recipient, choice: 'unsubscribe' | 'everything', origin: OptOutOrigin, now: Date): Promise<void> {
  const entirely = choice === 'everything' || recipient.optOutEntirely
  const proof = { ...origin, lane: recipient.lane, deliveryId: recipient.id }
  if (entirely) await optOutEntirely(tx, recipient, proof, now)
  else await optOutOfLists(tx, recipient.targetListIds, recipient, proof, now)
  await logChoice(tx, recipient, 'optedOut', { ...(origin.reason && { reason: origin.reason }), ...(entirely && { entirely }) }, now)
}

/** A mail that asks for it is the same as the button, in a transaction of the caller's. */
export const leaveByRequest = (tx: Tx, recipient: Recipient, origin: OptOutOrigin, now: Date): Promise<void> => leave(tx, recipient, 'unsubscribe', origin, now)

async function comeBack(tx: Tx, recipient: Recipient, now: Date): Promise<void> {
  const lifted = await subscribeAgain(tx, { lane: recipient.lane, deliveryId: recipient.id })
  if (lifted.lists > 0 || lifted.entirely) await logChoice(tx, recipient, 'optedIn', {}, now)
}

export async function logChoice(tx: Tx, recipient: Recipient, action: 'optedOut' | 'optedIn', detail: object, at: Date): Promise<void> {
  await settleByEvidence(tx, recipient.lane, [recipient.id], at)
  const { lane, id: deliveryId, massEmailId, campaignId, entityType, recordId, emailAddress } = recipient
  await recordEvents(tx, lane, [{ deliveryId, massEmailId, campaignId, entityType, recordId, emailAddress, action, detail, at }])
}
