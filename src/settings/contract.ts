/** What crosses the wire about settings: general, outbound emails (shape fixed by the outside interface), and who changed them. */
import { z } from 'zod'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'
import { settingGroups } from './table.ts'

export { generalDefaults, outboundEmailsDefaults } from './defaults.ts'
export { type Setting, type SettingGroup, settingGroups, settings, settingsOf, valueAt } from './table.ts'

const count = z.number().int().min(1)
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day looks like 08:00.')
const address = z.string().trim().max(320)
const timeZone = z.string().refine(isTimeZone, 'This is not a time zone. Names look like Europe/Berlin.')
const webAddress = z.url({ protocol: /^https?$/, error: 'This must be an http or https address.' })
  .refine((text) => !/[?#]|\/\/[^/]*@/.test(text), 'This must end with the host or a path: no ?, no # and no user name.')
  .transform((text) => text.replace(/\/+$/, ''))
/** A name or an IP address, as it is typed into a mail program. */
const host = z.string().trim().max(253).regex(/^[^\s/@]*$/, 'This is the name of a server, such as smtp.acme.example, without https:// or a path.')
const hostName = z.string().trim().max(253).regex(/^$|^[^\s/@:]+\.[^\s/@:]+$/, 'This is a domain, such as bounces.acme.example.')

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** The password is write-only; `passwordSet` says that there is one. */
const smtpShape = {
  host: host.nullable(),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['none', 'starttls', 'tls']),
  username: z.string().max(320),
}

const shape = {
  /** The portion: mass emails in any sliding hour; null for no limit. */
  maxPerHour: count.nullable(),
  /** At most this many deliveries are opened by a run of Send Mass Emails; null for no bound. */
  batchSize: count.nullable(),
  disableOptOutLink: z.boolean(),
  openTracking: z.boolean(),
  trackingPermission: z.enum(['everybody', 'notRefused', 'onlyGranted']),
  verp: z.boolean(),
  bounceDomain: hostName,
  bounceAddress: address,
  retryForHours: z.number().int().min(0).max(240),
  retryUncertainAfterSeconds: z.number().int().min(0).max(604_800),
  neverTwice: z.boolean(),
  honourRemovals: z.boolean(),
  suppressAfterSoft: z.strictObject({ count, days: count }).nullable(),
  spread: z.enum(['atOnce', 'evenly']),
  window: z.strictObject({ timeZone, days: z.array(z.number().int().min(1).max(7)).min(1), from: timeOfDay, to: timeOfDay }).nullable(),
  connections: z.number().int().min(1).max(200),
  messagesPerConnection: count.nullable(),
  fromAddress: address,
  fromName: z.string().max(200),
}

export const OutboundEmails = z.object({ ...shape, systemSmtp: z.object({ ...smtpShape, passwordSet: z.boolean() }), version: z.number() })
export type OutboundEmails = z.output<typeof OutboundEmails>

export const getOutboundEmails = endpoint('GET /api/v1/settings/outbound-emails', {
  allow: 'administrator', summary: 'How mail leaves: limits, tracking, the system account', result: OutboundEmails,
})

export const changeOutboundEmails = endpoint('PATCH /api/v1/settings/outbound-emails', {
  allow: 'administrator', summary: 'Change how mail leaves; nested objects are merged',
  body: z.strictObject({
    ...shape,
    window: z.strictObject({ timeZone, days: z.array(z.number().int().min(1).max(7)).min(1), from: timeOfDay, to: timeOfDay }).partial().nullable(),
    systemSmtp: z.strictObject({ ...smtpShape, username: emptiable(smtpShape.username), password: z.string().max(1000).nullable() }).partial().nullable(),
    bounceDomain: emptiable(hostName), bounceAddress: emptiable(address), fromAddress: emptiable(address), fromName: emptiable(shape.fromName),
  }).partial(),
  result: OutboundEmails.extend({
    /** Mass emails paused because the Sandbox gave way to a real account. */
    pausedMassEmailIds: z.array(z.string()).optional(),
  }),
})

/** For how long something is kept; null: for ever. */
const keptDays = (least: number) => z.number().int().min(least, `At least ${least} days.`).max(36_500).nullable()

const generalShape = {
  siteUrl: webAddress,
  /** Where links in mail lead; empty: the Site URL. */
  publicUrl: z.union([z.literal(''), webAddress], 'This must be an http or https address, or empty.'),
  companyName: z.string().trim().max(200),
  postalAddress: z.string().trim().max(1000),
  /** The id of a picture that was uploaded. */
  logo: z.string().regex(/^[0-9a-f]{64}$/, 'This is not the id of a picture.').nullable(),
  language: z.enum(['en', 'de', 'fr', 'es', 'uk']),
  timeZone,
  /** What is kept of an IP address: of readers, and of whoever signs in. */
  storeIp: z.enum(['full', 'anonymised', 'no']),
  /** Servers' replies, quoted words and visitors' marks in the campaign log; its entries stay. Bounces act for 30 days. */
  keepLogDetailDays: keptDays(30),
  /** Stored sent emails, returned mail, the Sandbox. */
  keepRawMailDays: keptDays(1),
  /** The audit log, and the history of the settings. */
  keepAuditDays: keptDays(30),
  keepNoticesDays: keptDays(1),
}
export const General = z.object({ ...generalShape, version: z.number() })
export type General = z.output<typeof General>

export const getGeneral = endpoint('GET /api/v1/settings/general', { allow: 'signedIn', summary: 'Company, addresses, language, time zone', result: General })
export const changeGeneral = endpoint('PATCH /api/v1/settings/general', {
  allow: 'administrator', summary: 'Change company, addresses, language, time zone', result: General,
  body: z.strictObject({
    ...generalShape, publicUrl: emptiable(generalShape.publicUrl), companyName: emptiable(generalShape.companyName), postalAddress: emptiable(generalShape.postalAddress),
  }).partial(),
})

/** A picture of at most 200 kB, as base64. */
export const pictureText = z.base64('This is not base64.').max(270_000, 'The picture has more than 200 kB.')

export const uploadImage = endpoint('POST /api/v1/settings/images', {
  allow: 'administrator', summary: 'Upload a picture, PNG or JPEG, to be chosen as logo', status: 201, body: z.strictObject({ content: pictureText }), result: z.object({ id: z.string() }),
})
export const getBrand = endpoint('GET /api/v1/brand', {
  allow: 'public', summary: 'Whose installation this is, for the sign-in page', result: z.object({ companyName: z.string(), /** The id of the logo, shown at /i/ID. */ logo: z.string().nullable() }),
})

export const SettingChange = z.object({
  id: z.string(), group: z.enum(settingGroups), at: z.string(), userName: z.string(), how: z.enum(['changed', 'takenBack', 'imported']),
  /** Of a secret only that it was changed. */
  fields: z.array(z.object({ key: z.string(), before: z.unknown().optional(), after: z.unknown().optional(), secret: z.boolean().optional() })),
})
export type SettingChange = z.output<typeof SettingChange>

export const listSettingChanges = endpoint('GET /api/v1/settings/history', {
  allow: 'administrator', summary: 'Who changed which setting when, with the values before and after', query: listQuery, result: pageOf(SettingChange.partial()),
})
export const takeBackSettingChange = endpoint('POST /api/v1/settings/history/:id/take-back', {
  allow: 'administrator', summary: 'Give the settings of a change the values again that they had before it; checked as every change is', params: byId, status: 200,
  result: z.object({ group: z.enum(settingGroups), fields: z.array(z.string()), pausedMassEmailIds: z.array(z.string()).optional() }),
})
