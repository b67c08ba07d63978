/** What an answer of the server means for a delivery: sent, tried again later, failed and why. Pure (spec 3, Deliveries). */
import { isDeadAddress } from '../bounce/judge-reply.ts'
import type { Outcome } from '../outbound/outcome.ts'

const pausesMinutes = [1, 5, 15, 60]

/** When a delivery that was deferred for the `attempts`-th time is due again; null when it has been tried for long enough. */
export function nextAttempt(attempts: number, firstTriedAt: Date, now: Date, retryForHours: number): Date | null {
  const pause = pausesMinutes[Math.min(attempts, pausesMinutes.length) - 1]!
  const next = new Date(now.getTime() + pause * 60_000)
  return next.getTime() - firstTriedAt.getTime() <= retryForHours * 3_600_000 ? next : null
}

export type FailureCode = 'deadAddress' | 'refused' | 'policy' | 'content' | 'size' | 'smtputf8NotOffered' | 'addressUnsafe'

/** Why a failed delivery failed. At RCPT the address is judged, after the dot the message. */
export function failureCode({ stage, reply, code, enhanced }: Outcome): FailureCode {
  if (code === null) return reply.startsWith('size:') ? 'size' : reply === 'smtputf8NotOffered' || reply === 'addressUnsafe' ? reply : 'refused'
  if (stage === 'rcpt') return isDeadAddress({ code, enhanced, text: reply }) ? 'deadAddress' : 'refused'
  if (enhanced === '5.3.4' || code === 552) return 'size'
  return enhanced?.startsWith('5.6.') ? 'content' : 'policy'
}
