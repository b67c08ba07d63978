/** What crosses the wire about the campaign log and the figures (names and shapes fixed by the outside interface). */
import { z } from 'zod'
import { OneTargetList } from '../audience/contract.ts'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'
import { actions } from './entry.ts'

const action = z.enum(actions)
const instant = z.iso.datetime({ offset: true, error: 'This is not a time like 2030-01-31T12:00:00Z.' })
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
/** `action=opened,clicked`: any of them. */
const actionList = z.string().transform((text) => text.split(',').map((part) => part.trim())).pipe(z.array(action))
const commaList = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean))

export const LogEntry = z.object({
  id: z.string(),
  action,
  at: z.string(),
  record: z.object({ entityType: z.string(), id: z.string(), name: z.string() }),
  emailAddress: z.string(),
  detail: z.object({
    bounce: z.enum(['hard', 'soft']).optional(),
    verified: z.boolean().optional(),
    deadAddress: z.boolean().optional(),
    url: z.string().optional(),
    trackingUrlId: z.string().optional(),
    /** The tracking URL's name. */
    link: z.string().optional(),
    reply: z.string().optional(),
    reason: z.string().optional(),
    text: z.string().optional(),
    /** Opted out of everything, not only of the lists of the mass email. */
    entirely: z.boolean().optional(),
    /** Why what came back proves nothing. */
    doubt: z.enum(['noToken', 'testMail', 'notSent', 'tooOld', 'otherAddress']).optional(),
    /** Of a mail that was sent: a server on the way said that it would take longer. */
    delayed: z.object({ at: z.string(), reply: z.string() }).optional(),
    /** The message that came back, to be read as it was. */
    mailboxMessageId: z.string().optional(),
  }),
  campaignId: z.string(),
  massEmail: z.object({ id: z.string(), name: z.string() }),
  deliveryId: z.string(),
  /** The mail itself was stored, to be read at /mass-emails/ID/deliveries/DELIVERY/message. */
  stored: z.boolean(),
  /** How often it happened, and when last; `at` is the first time. */
  repeats: z.number(),
  lastAt: z.string(),
  machine: z.boolean(),
  test: z.boolean(),
})
export type LogEntry = z.output<typeof LogEntry>
/** With `fields` only those and the id are answered. */
const LogRow = LogEntry.partial().required({ id: true })

const filters = {
  action: actionList.optional(),
  massEmailId: z.string().optional(),
  trackingUrlId: z.string().optional(),
  entityType: commaList.optional(),
  machine: flag.optional(),
  test: flag.optional(),
  from: instant.optional(),
  to: instant.optional(),
}
const logQuery = listQuery.extend(filters)
/** The same entries without page and sort. */
export const logSelection = z.strictObject({ ...filters, q: z.string().max(500).optional() })
export type LogSelection = z.output<typeof logSelection>

export const listLog = endpoint('GET /api/v1/campaigns/:id/log', {
  allow: 'signedIn', summary: 'The campaign log, newest first', params: byId, query: logQuery, result: pageOf(LogRow),
})
export const countLog = endpoint('GET /api/v1/campaigns/:id/log/counts', {
  allow: 'signedIn', summary: 'How many entries each action has under these filters (the action itself left out): for the filter chips',
  params: byId, query: logSelection,
  result: z.object({
    counts: z.record(z.string(), z.number()),
    /** Actions of which there are more than the number said. */
    atLeast: z.array(action),
  }),
})
export const listHistory = endpoint('GET /api/v1/:slug/:id/history', {
  allow: 'signedIn', summary: 'What happened with a record in all campaigns, newest first', params: z.object({ slug: z.string(), id: z.string() }),
  query: listQuery, result: pageOf(LogRow),
})

export const createTargetListFromLog = endpoint('POST /api/v1/campaigns/:id/log/target-list', {
  allow: 'signedIn', summary: 'Makes or fills a target list with the people of some log entries; their opt-outs are carried over', params: byId,
  body: z.strictObject({
    /** A new list of this name, or one that is there. */
    name: z.string().trim().min(1, 'A target list needs a name.').max(200).optional(),
    targetListId: z.string().optional(),
    including: z.array(action).min(1, 'Choose at least one action.'),
    /** Nobody with one of these; asked of all times, and of the same mass emails and links. */
    excluding: z.array(action).default([]),
    massEmailIds: z.array(z.string()).optional(),
    /** Which links count as clicked. */
    trackingUrlIds: z.array(z.string()).optional(),
    entityTypes: z.array(z.string()).optional(),
    from: instant.optional(),
    to: instant.optional(),
    machine: z.enum(['exclude', 'include']).default('exclude'),
  }).refine(({ name, targetListId }) => (name === undefined) !== (targetListId === undefined),
    { path: ['name'], error: 'Give either the name of a new target list or the targetListId of one that is there.' }),
  result: OneTargetList.extend({ added: z.number() }),
  status: 201,
})

export const Figures = z.object({
  people: z.number(), sent: z.number(), delivered: z.number(), opened: z.number(), clicked: z.number(), clicks: z.number(),
  optedOut: z.number(), optedIn: z.number(), bouncedHard: z.number(), bouncedSoft: z.number(), complained: z.number(), replied: z.number(),
  failed: z.number(), skipped: z.number(), uncertain: z.number(), leadsCreated: z.number(),
  machine: z.object({ opened: z.number(), clicked: z.number() }),
})
export type Figures = z.output<typeof Figures>

export const getMassEmailFigures = endpoint('GET /api/v1/mass-emails/:id/figures', {
  allow: 'signedIn', summary: 'What became of the deliveries of a mass email', params: byId, result: Figures,
})
export const getCampaignFigures = endpoint('GET /api/v1/campaigns/:id/figures', {
  allow: 'signedIn', summary: 'What became of the deliveries of a campaign; people counts each person once', params: byId, result: Figures,
})

/** Entries logged in an hour, by metric; machines left out. */
export const HourFigures = z.object({ hour: z.string(), counts: z.record(z.string(), z.number()) })
export const LinkFigures = z.object({
  trackingUrlId: z.string(), name: z.string(), url: z.string(),
  people: z.number(), clicks: z.number(), machinePeople: z.number(), machineClicks: z.number(),
})
const withinCampaign = z.strictObject({ massEmailId: z.string().optional() })
const itemsOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) })

export const listCampaignHours = endpoint('GET /api/v1/campaigns/:id/figures/hours', {
  allow: 'signedIn', summary: 'The figures over time, hour by hour; hours without events are left out', params: byId, query: withinCampaign, result: itemsOf(HourFigures),
})
export const listCampaignLinks = endpoint('GET /api/v1/campaigns/:id/figures/links', {
  allow: 'signedIn', summary: 'Who clicked which tracking URL: people and clicks', params: byId, query: withinCampaign, result: itemsOf(LinkFigures),
})

/** Deliveries and what came of them, of a part of a campaign. */
const Part = Figures.omit({ machine: true }).extend({ machineOpened: z.number(), machineClicked: z.number() })
/** `domain` null: all that are not among the largest fifty of their mass email. */
export const DomainFigures = Part.extend({ domain: z.string().nullable() })
export const TypeFigures = Part.extend({ entityType: z.string() })
export type PartFigures = z.output<typeof Part>

const [domains, entityTypes, byField] = [
  { allow: 'signedIn', summary: 'The figures by recipient domain, the largest first', params: byId, result: itemsOf(DomainFigures) },
  { allow: 'signedIn', summary: 'The figures by entity type', params: byId, result: itemsOf(TypeFigures) },
  {
    allow: 'signedIn', params: byId,
    summary: 'The figures by a field of the records (`addressCity`, `account.industry`), counted when asked for; of very many people a part of them is counted',
    result: z.object({
      entityType: z.string(), field: z.string(), label: z.string(),
      /** Null: the field is empty, the record is gone or may not be read. */
      items: z.array(Part.pick({
        people: true, sent: true, delivered: true, opened: true, clicked: true, optedOut: true, bouncedHard: true, bouncedSoft: true, complained: true, failed: true,
      }).extend({ value: z.string().nullable() })),
      /** More values than are listed: these are the commonest. */
      truncated: z.boolean(),
      /** Which part of the people was counted, drawn by their address; below 1 the numbers are what that part makes probable. */
      share: z.number(),
    }),
  },
] as const
const fieldQuery = z.strictObject({ field: z.string().min(1).max(200), entityType: z.string().default('Contact') })

export const listCampaignDomains = endpoint('GET /api/v1/campaigns/:id/figures/domains', { ...domains, query: withinCampaign })
export const listCampaignTypes = endpoint('GET /api/v1/campaigns/:id/figures/entity-types', { ...entityTypes, query: withinCampaign })
export const listCampaignByField = endpoint('GET /api/v1/campaigns/:id/figures/by-field', { ...byField, query: fieldQuery.extend(withinCampaign.shape) })
export const listMassEmailDomains = endpoint('GET /api/v1/mass-emails/:id/figures/domains', domains)
export const listMassEmailTypes = endpoint('GET /api/v1/mass-emails/:id/figures/entity-types', entityTypes)
export const listMassEmailByField = endpoint('GET /api/v1/mass-emails/:id/figures/by-field', { ...byField, query: fieldQuery })

export const LinkOnMail = LinkFigures.extend({
  /** In the HTML the tag of each place where the link stands has this as `data-tidings-link`, with an empty mark before it. */
  mark: z.string(),
  /** How often it stands in the mail; 0: only in a version before. */
  places: z.number(),
})
export const getLinksOnMail = endpoint('GET /api/v1/mass-emails/:id/figures/links-on-mail', {
  allow: 'signedIn', summary: 'The mail as it was sent, its links marked, with who clicked on them', params: byId,
  result: z.object({ subject: z.string(), html: z.string().nullable(), text: z.string(), links: z.array(LinkOnMail) }),
})

const Compared = z.object({
  id: z.string(), name: z.string(), type: z.string(), status: z.string(), figures: Figures,
  /** The hour in which the first mail was sent; null: none yet. */
  startedAt: z.string().nullable(),
})
export const getCampaignBefore = endpoint('GET /api/v1/campaigns/:id/figures/before', {
  allow: 'signedIn', summary: 'The campaign of the same type made before this one that sent something, to see a trend', params: byId, result: z.object({ campaign: Compared.nullable() }),
})
export const compareCampaigns = endpoint('GET /api/v1/campaign-comparison', {
  allow: 'some:Campaign', summary: 'Campaigns side by side: their figures, and what people did in each hour since the first mail was sent',
  query: z.strictObject({ ids: commaList.pipe(z.array(z.string()).min(2, 'Choose two campaigns at least.').max(10, 'Ten campaigns are compared at most.')) }),
  result: itemsOf(Compared.extend({ hours: z.array(z.object({ hour: z.number(), counts: z.record(z.string(), z.number()) })) })),
})
