/** From what the server answered to what the ledger says. Pure. */
import type { LateHindrance } from '../audience/codes.ts'
import type { Outcome } from '../outbound/outcome.ts'
import type { Delivery } from './ledger.ts'
import { failureCode, nextAttempt } from './retry.ts'
import type { Settlement } from './settle.ts'

export type Judged = { settlement: Settlement; /** It went over the wire: it counts in the hour. */ left: boolean }

const nothing = { tried: false, reasonCode: null, reason: null, messageId: null, dueAt: null }

/** Waits again as if it had never been claimed. */
export const givenBack = (delivery: Delivery, dueAt: Date | null = null): Judged =>
  ({ settlement: { ...nothing, delivery, status: 'pending', dueAt }, left: false })

export const skipped = (delivery: Delivery, reasonCode: LateHindrance | 'canceled'): Judged =>
  ({ settlement: { ...nothing, delivery, status: 'skipped', reasonCode }, left: false })

/** Could not even be composed: nobody's fault but ours or the template's. */
export const notComposed = (delivery: Delivery, error: Error): Judged =>
  ({ settlement: { ...nothing, delivery, status: 'failed', reasonCode: 'notComposed', reason: error.message }, left: false })

export type JudgeContext = { messageId: string; markedAt: Date; retryForHours: number; now: Date }

// A connection lost in the middle of a message may be the message's doing: others go first for a moment.
const afterLossMs = 10_000

export function judge(delivery: Delivery, outcome: Outcome, { messageId, markedAt, retryForHours, now }: JudgeContext): Judged {
  const { kind, stage, reply } = outcome
  const left = stage === 'dot'
  // Nearly all are sent, thousands a second: written out, it takes a tenth of the time that copies take.
  if (kind === 'sent') return { settlement: { delivery, status: 'sent', tried: true, reasonCode: null, reason: reply, messageId, dueAt: null, markedAt }, left }
  const tried = { ...nothing, delivery, tried: true, messageId, reason: reply, markedAt }
  switch (kind) {
    case 'uncertain': return { settlement: { ...tried, status: 'uncertain', reasonCode: 'noAnswer' }, left }
    case 'failed': return { settlement: { ...tried, status: 'failed', reasonCode: failureCode(outcome) }, left }
    case 'deferred': {
      const dueAt = nextAttempt(delivery.attempts + 1, delivery.firstTriedAt ?? now, now, retryForHours)
      if (dueAt) return { settlement: { ...tried, status: 'pending', reasonCode: 'deferred', dueAt }, left }
      return { settlement: { ...tried, status: 'failed', reasonCode: 'triedLongEnough' }, left }
    }
    case 'withheld': return givenBack(delivery)
    case 'accountFailure': return givenBack(delivery, stage === 'rcpt' || stage === 'data' ? new Date(now.getTime() + afterLossMs) : null)
  }
}
