/** What crosses the wire about webhooks: where other programs are told what happens. */
import { z } from 'zod'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'
import { eventTitles, testEvent, webhookEvents } from './events.ts'

export const WebhookDelivery = z.object({
  id: z.string(), event: z.enum([...webhookEvents, testEvent]), status: z.enum(['queued', 'delivered', 'failed']), attempts: z.number(),
  /** Of the last try: null while there was no answer. */
  httpStatus: z.number().nullable(),
  /** The beginning of the answer, or why there was none. */
  answer: z.string(),
  createdAt: z.string(), endedAt: z.string().nullable(),
  /** When it is tried again; null once it is settled. */
  nextTryAt: z.string().nullable(),
})
export type WebhookDelivery = z.output<typeof WebhookDelivery>

export const Webhook = z.object({
  id: z.string(), name: z.string(), url: z.string(), events: z.array(z.enum(webhookEvents)), active: z.boolean(),
  /** Whether posts are signed. */
  secretSet: z.boolean(),
  /** What the newest post came to. */
  lastStatus: WebhookDelivery.shape.status.nullable(), lastAt: z.string().nullable(), lastAnswer: z.string().nullable(),
  createdAt: z.string(), modifiedAt: z.string(), version: z.number(),
})
export type Webhook = z.output<typeof Webhook>

const url = z.string().trim().max(2000).refine(isWebAddress, 'This must be an http or https address.')
function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

const shape = {
  name: z.string().trim().min(1, 'A webhook needs a name.').max(200),
  url,
  events: z.array(z.enum(webhookEvents)).transform((events) => webhookEvents.filter((event) => events.includes(event))),
  active: z.boolean(),
  /** Signs each post. Write-only; null or empty: posts are not signed. */
  secret: emptiable(z.string().max(200).refine((text) => text === '' || text.length >= 16, 'A secret has at least 16 characters.')),
}

/** Every event with when it comes, for screens. */
export const webhookEventTitles = eventTitles

const path = '/api/v1/webhooks'

export const listWebhooks = endpoint(`GET ${path}`, { allow: 'administrator', summary: 'Where other programs are told what happens', query: listQuery, result: pageOf(Webhook.partial()) })
export const createWebhook = endpoint(`POST ${path}`, {
  allow: 'administrator', summary: 'Add a webhook', status: 201, result: Webhook,
  body: z.strictObject({ name: shape.name, url: shape.url, events: shape.events.default([]), active: shape.active.default(true), secret: shape.secret.optional() }),
})
export const getWebhook = endpoint(`GET ${path}/:id`, { allow: 'administrator', summary: 'One webhook', params: byId, result: Webhook })
export const changeWebhook = endpoint(`PATCH ${path}/:id`, {
  allow: 'administrator', summary: 'Change a webhook; a secret that is not given is kept while the URL stays', params: byId, body: z.strictObject(shape).partial(), result: Webhook,
})
export const removeWebhook = endpoint(`DELETE ${path}/:id`, { allow: 'administrator', summary: 'Remove a webhook with its log; what waits is not posted any more', params: byId })
export const testWebhook = endpoint(`POST ${path}/:id/test`, {
  allow: 'administrator', summary: 'Post a test, also where it is switched off; the log says what came of it', params: byId, status: 202, result: WebhookDelivery,
})
export const listWebhookDeliveries = endpoint(`GET ${path}/:id/deliveries`, {
  allow: 'administrator', summary: 'What was posted, newest first, for 30 days', params: byId, query: listQuery, result: pageOf(WebhookDelivery.partial()),
})
