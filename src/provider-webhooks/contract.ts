/** What crosses the wire about provider webhooks: how they are set up. What providers post themselves is not described here: they decide. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'
import { providerNames } from './codes.ts'

export const ProviderWebhook = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.enum(providerNames),
  active: z.boolean(),
  /** Where the provider shall post. It is secret: whoever knows it can at least try. */
  url: z.string(),
  /** Whether there is a key; without one nothing is believed. */
  keySet: z.boolean(),
  lastEventAt: z.string().nullable(),
  /** The last post that was not believed, and why. */
  lastRefusal: z.string().nullable(),
  lastRefusalAt: z.string().nullable(),
  createdAt: z.string(),
  modifiedAt: z.string(),
  version: z.number(),
})
export type ProviderWebhook = z.output<typeof ProviderWebhook>

const name = z.string().trim().min(1, 'A webhook needs a name.').max(200)
/** Amazon SES: ARN of the topic. SendGrid: verification key. Postmark: password of basic authentication. Mailgun: signing key. Write-only. */
const key = z.string().trim().max(4000).nullable()

const path = '/api/v1/provider-webhooks'

export const listProviderWebhooks = endpoint(`GET ${path}`, {
  allow: 'administrator', summary: 'Webhooks by which providers tell of bounces and complaints', query: listQuery, result: pageOf(ProviderWebhook.partial()),
})
export const createProviderWebhook = endpoint(`POST ${path}`, {
  allow: 'administrator', summary: 'Add a provider webhook; the answer has the URL to enter at the provider', status: 201,
  body: z.strictObject({ name, provider: z.enum(providerNames), key: key.optional(), active: z.boolean().default(true) }), result: ProviderWebhook,
})
export const getProviderWebhook = endpoint(`GET ${path}/:id`, {
  allow: 'administrator', summary: 'One provider webhook', params: byId, result: ProviderWebhook,
})
export const changeProviderWebhook = endpoint(`PATCH ${path}/:id`, {
  allow: 'administrator', summary: 'Change name or key of a provider webhook, or switch it on and off', params: byId,
  body: z.strictObject({ name, key, active: z.boolean() }).partial(), result: ProviderWebhook,
})
export const removeProviderWebhook = endpoint(`DELETE ${path}/:id`, {
  allow: 'administrator', summary: 'Remove a provider webhook; its URL is dead then', params: byId,
})
