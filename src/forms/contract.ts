/** What crosses the wire about subscription forms and what came in through them. What visitors see and post is in public-routes.ts. */
import { z } from 'zod'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

export const formLanguages = ['en', 'de', 'fr', 'es', 'uk'] as const

const FormField = z.object({
  /** A field of Lead. The address is always asked for and not among them. */
  name: z.string(),
  /** Empty: the usual one, in the language of the page. */
  label: z.string(),
  required: z.boolean(),
})
export type FormField = z.output<typeof FormField>

const ListName = z.object({ id: z.string(), name: z.string() })

export const SubscriptionForm = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  intro: z.string(),
  fields: z.array(FormField),
  /** Everybody who subscribes joins these; of the topics those that the visitor chooses. */
  targetListIds: z.array(z.string()),
  topicIds: z.array(z.string()),
  targetLists: z.array(ListName),
  topics: z.array(ListName),
  consentText: z.string(),
  /** Which text that is: each change makes a new version, and the old ones stay. 0: there has been none. */
  textVersion: z.number(),
  doubleOptIn: z.boolean(),
  emailTemplateId: z.string().nullable(),
  mailSubject: z.string(),
  mailBody: z.string(),
  lifetimeHours: z.number(),
  successMessage: z.string(),
  successUrl: z.string(),
  active: z.boolean(),
  /** Whether visitors can subscribe now: it is active and has at least one list. */
  open: z.boolean(),
  language: z.enum(['', ...formLanguages]),
  /** Whose the new leads are. */
  leadUserId: z.string().nullable(),
  leadUserName: z.string().nullable(),
  leadTeamIds: z.array(z.string()),
  pending: z.number(),
  confirmed: z.number(),
  expired: z.number(),
  /** Its hosted page, at which it also takes JSON. */
  url: z.string(),
  createdAt: z.string(),
  modifiedAt: z.string(),
  version: z.number(),
})
/** `html` and `json` go into a page, or a program, of one's own. */
export const OneSubscriptionForm = SubscriptionForm.extend({ html: z.string(), json: z.string() })
export type SubscriptionForm = z.output<typeof SubscriptionForm>
export type OneSubscriptionForm = z.output<typeof OneSubscriptionForm>

const name = z.string().trim().min(1, 'A subscription form needs a name.').max(200)
const ids = z.array(z.string()).max(100)
const webAddress = z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'This must be an http or https address.' }).max(2000)])

const optionalInput = {
  title: emptiable(z.string().trim().max(200)).optional(),
  intro: emptiable(z.string().max(10_000)).optional(),
  fields: z.array(z.strictObject({ name: z.string(), label: emptiable(z.string().trim().max(200)).optional(), required: z.boolean().optional() })).max(50).optional(),
  targetListIds: ids.optional(),
  topicIds: ids.optional(),
  consentText: emptiable(z.string().trim().max(10_000)).optional(),
  doubleOptIn: z.boolean().optional(),
  emailTemplateId: z.string().nullable().optional(),
  mailSubject: emptiable(z.string().trim().max(500)).optional(),
  mailBody: emptiable(z.string().max(50_000)).optional(),
  lifetimeHours: z.number().int().min(1).max(720).optional(),
  successMessage: emptiable(z.string().max(10_000)).optional(),
  successUrl: emptiable(webAddress).optional(),
  active: z.boolean().optional(),
  language: emptiable(z.enum(['', ...formLanguages])).optional(),
  leadUserId: z.string().nullable().optional(),
  leadTeamIds: z.array(z.string()).max(100).optional(),
}
const Input = z.strictObject({ name, ...optionalInput })
const Change = z.strictObject({ name: name.optional(), ...optionalInput })
export type FormChange = z.output<typeof Change>

const path = '/api/v1/subscription-forms'

export const listSubscriptionForms = endpoint(`GET ${path}`, {
  allow: 'administrator', summary: 'Subscription forms with their counts', query: listQuery, result: pageOf(SubscriptionForm.partial()),
})
export const createSubscriptionForm = endpoint(`POST ${path}`, {
  allow: 'administrator', summary: 'Create a subscription form', status: 201, body: Input, result: OneSubscriptionForm,
})
export const getSubscriptionForm = endpoint(`GET ${path}/:id`, {
  allow: 'administrator', summary: 'A subscription form, with the HTML and JSON to embed it', params: byId, result: OneSubscriptionForm,
})
export const changeSubscriptionForm = endpoint(`PATCH ${path}/:id`, {
  allow: 'administrator', summary: 'Change a subscription form; another consent text is a new version', params: byId, body: Change, result: OneSubscriptionForm,
})
export const removeSubscriptionForm = endpoint(`DELETE ${path}/:id`, {
  allow: 'administrator', summary: 'Delete a subscription form; proofs of consent stay, its links say that it is gone', params: byId,
})
export const listFormFields = endpoint(`GET ${path}/fields`, {
  allow: 'administrator', summary: 'The fields of Lead that a form may ask for',
  result: z.object({ items: z.array(z.object({ name: z.string(), label: z.string() })) }),
})
export const previewSubscriptionForm = endpoint(`POST ${path}/preview`, {
  allow: 'administrator', summary: 'The hosted page as it would look, without saving anything', status: 200, body: Change, result: z.object({ html: z.string() }),
})

export const subscriptionStatuses = ['pending', 'confirmed', 'expired'] as const
export const confirmationMailStatuses = ['none', 'queued', 'sent', 'failed', 'uncertain'] as const

const Subscription = z.object({
  id: z.string(),
  formId: z.string(),
  formName: z.string(),
  status: z.enum(subscriptionStatuses),
  emailAddress: z.string(),
  doubleOptIn: z.boolean(),
  formVersion: z.number(),
  textVersion: z.number(),
  consentText: z.string(),
  targetLists: z.array(ListName),
  askedAt: z.string(),
  askedIp: z.string(),
  askedUserAgent: z.string(),
  expiresAt: z.string().nullable(),
  /** The confirmation mail. `mailRepeats`: sent again because nobody knew whether it had left. */
  mailStatus: z.enum(confirmationMailStatuses),
  mailSentAt: z.string().nullable(),
  mailRepeats: z.number(),
  mailReply: z.string(),
  messageId: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  confirmedIp: z.string().nullable(),
  confirmedUserAgent: z.string().nullable(),
  record: z.object({ entityType: z.string(), id: z.string() }).nullable(),
  /** The "no" that it lifted, and what still stands against mail to this address. */
  effect: z.object({
    liftedLists: z.array(z.string()).optional(), liftedEntirely: z.boolean().optional(), liftedComplaint: z.boolean().optional(),
    optedOutOfOthers: z.number().optional(), stillSuppressed: z.array(z.string()).optional(),
  }),
})
export type Subscription = z.output<typeof Subscription>

export const listSubscriptions = endpoint(`GET ${path}/:id/subscriptions`, {
  allow: 'administrator', summary: 'What came in through a form: pending, confirmed, expired, each with its proof', params: byId,
  query: listQuery, result: pageOf(Subscription.partial()),
})
export const listConsents = endpoint('GET /api/v1/:slug/:id/consents', {
  allow: 'signedIn', summary: 'The proofs of consent of a record', params: z.object({ slug: z.string(), id: z.string() }),
  result: z.object({ items: z.array(Subscription) }),
})
