/** What crosses the wire about the first run: which steps there are, and how far they are. */
import { z } from 'zod'
import { endpoint } from '../platform/endpoint.ts'
import { mailStates, stepNames } from './steps.ts'

export { type StepName, stepNames } from './steps.ts'

const StepState = z.enum(['done', 'skipped', 'open'])

export const FirstRun = z.object({
  /** In order, those that whoever asks can do: administrators all, others what their roles let them make. */
  steps: z.array(z.object({ step: z.enum(stepNames), state: StepState })),
  /** Home shows the steps no more. */
  hidden: z.boolean(),
  /** The last mail that an administrator sent to himself by the way out that is used now; null where there was none, and for others. */
  mail: z.object({ to: z.string(), at: z.string(), state: z.enum(mailStates) }).nullable(),
})
export type FirstRun = z.output<typeof FirstRun>
export type StepState = z.output<typeof StepState>

export const getFirstRun = endpoint('GET /api/v1/first-run', { allow: 'signedIn', summary: 'The steps of setting up this installation, and which are done', result: FirstRun })

export const changeFirstRun = endpoint('PATCH /api/v1/first-run', {
  allow: 'administrator', summary: 'Leave steps out or take them up again, say how a test went, hide the steps', result: FirstRun,
  body: z.strictObject({
    /** By the name of the step: true leaves it out, false takes it up again. */
    skipped: z.partialRecord(z.enum(stepNames), z.boolean()).optional(),
    /** How the last test of the mail server went. */
    serverTest: z.enum(['passed', 'failed']).optional(),
    /** A mail to oneself: `to` names the address of one that was sent just now. */
    mail: z.strictObject({ state: z.enum(mailStates), to: z.email('This is not an email address.').optional() }).optional(),
    hidden: z.boolean().optional(),
  }),
})
export type FirstRunChange = z.output<typeof changeFirstRun.body>
