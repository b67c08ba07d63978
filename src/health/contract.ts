/** What crosses the wire about Delivery Health and why nothing goes out. */
import { z } from 'zod'
import type { CheckCode } from './codes.ts'
import { forecastCauses } from '../pace/forecast-causes.ts'
import { byId, endpoint } from '../platform/endpoint.ts'
import { checkCodes, levels } from './codes.ts'

const HealthCheck = z.object({
  code: z.enum(checkCodes), level: z.enum(levels), message: z.string(), advice: z.string(),
  /** What it means for mail. */
  meaning: z.string(),
  /** Since when it has had this level, and when it was last looked at. */
  since: z.string(), checkedAt: z.string(),
})
export const DeliveryHealth = z.object({ level: z.enum(['ok', 'warning', 'error']), checks: z.array(HealthCheck) })
export type DeliveryHealth = z.output<typeof DeliveryHealth>

export const getDeliveryHealth = endpoint('GET /api/v1/health/delivery', {
  allow: 'administrator', summary: 'Is everything set up right? Facts at most ten seconds old', result: DeliveryHealth,
})
export const checkDeliveryHealth = endpoint('POST /api/v1/health/delivery/check', {
  allow: 'administrator', summary: 'Check one thing, or all, now', body: z.strictObject({ code: z.enum(checkCodes, 'There is no check of this name.').optional() }), status: 200, result: DeliveryHealth,
})

export const whyCodes = [
  'draft', 'notDue', 'noRunYet', 'jobInactive', 'schedulerDead', 'portionUsedUp', 'windowClosed', 'campaignNotActive', 'paused', 'accountBroken',
  'emptyAudience', 'preflightFailed', 'syncHeld', 'needsApproval',
] as const

export const Why = z.object({
  reasons: z.array(z.object({ code: z.enum(whyCodes), message: z.string(), advice: z.string(), until: z.string().optional(), targetListId: z.string().optional(), accountId: z.string().optional() })),
})
export type Why = z.output<typeof Why>

export const getWhy = endpoint('GET /api/v1/mass-emails/:id/why', {
  allow: 'signedIn', summary: 'Why nothing of this mass email is going out; empty while it is, or when all is done', params: byId, result: Why,
})

const count = z.number()
export const Forecast = z.object({
  /** Deliveries that are still to be sent. */
  waiting: count,
  /** What an hour may see at present; null where nothing limits it and nothing was measured yet. */
  perHour: count.nullable(),
  /** When the portion has allowance again; null while it has. */
  nextPortionAt: z.string().nullable(),
  /** Null when nothing waits, or when nothing of it may go out as things are. */
  finishesAt: z.string().nullable(),
  /** By the hour: what was sent, and what will be if nothing changes. */
  portions: z.array(z.object({ hour: z.string(), sent: count, planned: count })),
  /** What it waits for most: the portion, a limit of its account or the account's warm-up, the sending window, or just its speed. */
  limitedBy: z.enum(forecastCauses).nullable(),
})
export type Forecast = z.output<typeof Forecast>

export const getForecast = endpoint('GET /api/v1/mass-emails/:id/forecast', {
  allow: 'signedIn', summary: 'When it will be out, hour by hour, and what it waits for', params: byId,
  /** For how many it would be, before it is frozen. */
  query: z.object({ people: z.coerce.number().int().min(0).max(1_000_000_000).optional() }), result: Forecast,
})

/** What each check is called, on screens and in alarms. */
export const checkTitles: Record<CheckCode, string> = {
  smtp: 'SMTP server', scheduler: 'Scheduler', jobSendMassEmails: 'Job: Send Mass Emails', jobCheckGroupEmailAccounts: 'Job: Check Group Email Accounts',
  siteUrl: 'Site URL', publicUrl: 'Public URL', portion: 'Hourly portion', window: 'Sending window', massEmails: 'Mass emails', bounceMailbox: 'Bounce mailbox',
  bounceLoop: 'Bounce loop', spf: 'SPF', dkim: 'DKIM', dmarc: 'DMARC', ptr: 'Reverse DNS', mx: 'MX', clock: 'Clock', disk: 'Disk', database: 'Database',
}
