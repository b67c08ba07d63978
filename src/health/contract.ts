/** What crosses the wire about Delivery Health and why nothing goes out. */
import { z } from 'zod'
import { byId, endpoint } from '../platform/endpoint.ts'

const HealthCheck = z.object({
  code: z.string(), level: z.enum(['ok', 'warning', 'error', 'unknown']), message: z.string(), advice: z.string(), since: z.string(),
})
export const DeliveryHealth = z.object({ level: z.enum(['ok', 'warning', 'error']), checks: z.array(HealthCheck) })
export type DeliveryHealth = z.output<typeof DeliveryHealth>

export const getDeliveryHealth = endpoint('GET /api/v1/health/delivery', {
  allow: 'administrator', summary: 'Is everything set up right? Facts at most ten seconds old', result: DeliveryHealth,
})
export const checkDeliveryHealth = endpoint('POST /api/v1/health/delivery/check', {
  allow: 'administrator', summary: 'Check one thing, or all, now', body: z.strictObject({ code: z.string().optional() }), status: 200, result: DeliveryHealth,
})

export const whyCodes = [
  'draft', 'notDue', 'noRunYet', 'jobInactive', 'schedulerDead', 'portionUsedUp', 'windowClosed', 'campaignNotActive', 'paused', 'accountBroken',
  'emptyAudience', 'preflightFailed',
] as const

export const Why = z.object({
  reasons: z.array(z.object({ code: z.enum(whyCodes), message: z.string(), advice: z.string(), until: z.string().optional() })),
})
export type Why = z.output<typeof Why>

export const getWhy = endpoint('GET /api/v1/mass-emails/:id/why', {
  allow: 'signedIn', summary: 'Why nothing of this mass email is going out; empty while it is, or when all is done', params: byId, result: Why,
})
