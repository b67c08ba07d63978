/** What crosses the wire about the bounce loop. */
import { z } from 'zod'
import { endpoint } from '../platform/endpoint.ts'

/** In the order in which they are met. */
export const loopSteps = ['sent', 'accepted', 'arrived', 'recognised', 'logged'] as const

const LoopStep = z.object({
  code: z.enum(loopSteps),
  /** `waiting` is the one that is waited for now; `open` those behind it. */
  state: z.enum(['done', 'waiting', 'failed', 'open']), at: z.string().nullable(), message: z.string(),
})
export type LoopStep = z.output<typeof LoopStep>

export const BounceLoop = z.object({
  status: z.enum(['never', 'running', 'succeeded', 'failed']),
  /** What was seen, in a sentence, and what to do about it. */
  message: z.string(), advice: z.string(),
  startedAt: z.string().nullable(), endedAt: z.string().nullable(),
  /** Whom the last test was sent to, where its bounce had to come back to, by which account it left. */
  address: z.string().nullable(), returnPath: z.string().nullable(), accountName: z.string().nullable(), sandbox: z.boolean(),
  steps: z.array(LoopStep),
  /** Whom the next test is sent to when nobody says anything else; null while there is no address to send from. */
  suggestedAddress: z.string().nullable(),
})
export type BounceLoop = z.output<typeof BounceLoop>

export const getBounceLoop = endpoint('GET /api/v1/health/bounce-loop', {
  allow: 'administrator', summary: 'How far the last test of the bounce loop came', result: BounceLoop,
})
export const startBounceLoop = endpoint('POST /api/v1/health/bounce-loop', {
  allow: 'administrator', summary: 'Send a mail to an address that cannot exist, and watch for its bounce; ask GET how far it came', status: 200,
  body: z.strictObject({ address: z.string().trim().max(320).optional() }), result: BounceLoop,
})
