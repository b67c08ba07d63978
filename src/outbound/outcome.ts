/** What became of one message handed to a server. An expected failure is a value; who is judged follows from the stage (spec 3, Deliveries). */
import { oneLine, type Reply, replyText } from './reply.ts'

export type Stage = 'connect' | 'banner' | 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'dot'

/**
 * `sent | deferred | failed` judge the recipient (RCPT and the final dot only). `uncertain`: the dot was written and no answer came.
 * `accountFailure`: the account or its server is at fault, nothing was handed over. `withheld`: `beforeFinalDot` said no, or we hung up first.
 */
export type OutcomeKind = 'sent' | 'deferred' | 'failed' | 'uncertain' | 'accountFailure' | 'withheld'

/** `reply` is the server's answer in one line, or the system's error. `code` and `enhanced` are null when no answer came. */
export type Outcome = { kind: OutcomeKind; stage: Stage; reply: string; code: number | null; enhanced: string | null }

/** The server's answer, judged: 2yz sent, 4yz deferred, 5yz failed at RCPT and dot; anything else blames the account, or leaves the matter open. */
export function outcomeOf(stage: Stage, reply: Reply): Outcome {
  const kind = stage === 'rcpt' || stage === 'dot' ? verdicts[Math.floor(reply.code / 100)] : undefined
  return { kind: kind ?? (stage === 'dot' ? 'uncertain' : 'accountFailure'), stage, reply: replyText(reply), code: reply.code, enhanced: reply.enhanced }
}

// 3yz asks for more where there is no more: the server lost its thread, the recipient did nothing wrong.
const verdicts: Record<number, OutcomeKind> = { 2: 'sent', 4: 'deferred', 5: 'failed' }

/** No answer at all: lost before the dot the message is certainly not there, lost after it nobody knows. */
export const silence = (stage: Stage, error: unknown): Outcome =>
  without(stage === 'dot' ? 'uncertain' : 'accountFailure', stage, errorText(error))

export const without = (kind: OutcomeKind, stage: Stage, reply: string): Outcome => ({ kind, stage, reply, code: null, enhanced: null })

/** The system's own words, such as `connect ECONNREFUSED 127.0.0.1:25`: health checks quote them. */
export function errorText(error: unknown): string {
  // Happy eyeballs wraps the refusals of every address in one error without a message.
  const single = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error
  return oneLine(single instanceof Error ? single.message || single.name : String(single))
}
