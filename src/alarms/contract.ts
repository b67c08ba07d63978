/** What crosses the wire about alarms: who is mailed when Delivery Health finds trouble that lasts. Webhooks choose for themselves. */
import { z } from 'zod'
import { endpoint } from '../platform/endpoint.ts'

const shape = {
  emailAddresses: z.array(z.string().trim().max(320)).max(20),
  /** From which level on. */
  level: z.enum(['error', 'warning']),
  /** Trouble that passes sooner is not worth an alarm. */
  afterMinutes: z.number().int().min(0).max(1440),
  /** Again each 24 hours while it lasts. */
  repeatDaily: z.boolean(),
}

export const Alarms = z.object({
  ...shape,
  /** What was told of and is not over. */
  open: z.array(z.object({ code: z.string(), level: z.enum(['error', 'warning']), message: z.string(), toldAt: z.string() })),
  /** Webhooks that are on and want alarms. */
  webhooks: z.number(),
  version: z.number(),
})
export type Alarms = z.output<typeof Alarms>

const path = '/api/v1/alarms'

export const getAlarms = endpoint(`GET ${path}`, { allow: 'administrator', summary: 'Who is told when Delivery Health finds trouble that lasts', result: Alarms })
export const changeAlarms = endpoint(`PATCH ${path}`, { allow: 'administrator', summary: 'Change who is told, of what, and after how long', body: z.strictObject(shape).partial(), result: Alarms })
export const testAlarms = endpoint(`POST ${path}/test`, {
  allow: 'administrator', summary: 'Send a test alarm to every address and webhook of alarms', status: 200, result: z.object({ mails: z.number(), webhooks: z.number() }),
})
