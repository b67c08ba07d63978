/** The campaign log as what a report is about: what happened in campaigns that may be read, by people and machines, never in tests. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Listable } from '../listing/listable.ts'
import { campaignStands, inLanes, mailedInColumns, mailedInFields } from './mailed-in.ts'
import { fieldsOfPersons, personColumns, personFields, personJoins } from './mailed-person.ts'
import type { Source, SourceField } from './source.ts'

export const logSource = (actor: Actor | null): Source => ({
  name: 'CampaignLog', plural: 'Campaign Log', slug: null, people: 'recipients', alwaysRead: ['entityType', 'recordId'],
  listable: entries(actor),
  fields: [...fields, ...personFields(), ...mailedInFields, ...fieldsOfPersons()],
  defaultColumns: ['action', 'at', 'recordName', 'emailAddress', 'campaignId', 'trackingUrlId'],
})

const actions = [
  'sent', 'opened', 'clicked', 'optedOut', 'optedIn', 'bounced', 'complained', 'replied', 'failed', 'skipped', 'uncertain', 'leadCreated',
] as const
const bounces = ['hard', 'soft'] as const

const fields: SourceField[] = [
  { key: 'action', label: 'Action', type: 'enum', options: actions },
  { key: 'at', label: 'Time', type: 'dateTime' },
  { key: 'lastAt', label: 'Last Time', type: 'dateTime' },
  { key: 'repeats', label: 'Times', type: 'integer' },
  { key: 'machine', label: 'Machine', type: 'boolean' },
  { key: 'emailAddress', label: 'Email', type: 'email' },
  { key: 'domain', label: 'Recipient Domain', type: 'text' },
  { key: 'bounce', label: 'Bounce', type: 'enum', options: bounces },
  { key: 'reason', label: 'Reason', type: 'text' },
  { key: 'trackingUrlId', label: 'Tracking URL', type: 'link', linksTo: 'TrackingUrl' },
  { key: 'trackingUrl.name', label: 'Name', type: 'text', through: 'Tracking URL' },
  { key: 'trackingUrl.url', label: 'URL', type: 'url', through: 'Tracking URL' },
]

const domain = sql`split_part(lower(e.email_address), '@', -1)`

const entries = (actor: Actor | null): Listable => ({
  from: sql`log_entry e left join mass_email m on m.id = e.mass_email_id left join campaign c on c.id = e.campaign_id
    left join tracking_url t on t.id = e.tracking_url_id${personJoins('e', actor)}`,
  plain: sql`log_entry e`,
  where: sql<boolean>`not e.test and e.campaign_id in (select c.id from campaign c where ${campaignStands(actor)})`,
  id: sql`e.id`,
  columns: {
    id: { type: 'text', sql: sql`e.lane || '-' || e.id`, notNull: true },
    ...Object.fromEntries(personColumns('e', actor)),
    action: { type: 'enum', sql: sql`e.action`, options: actions, notNull: true },
    at: { type: 'dateTime', sql: sql`e.at`, notNull: true },
    lastAt: { type: 'dateTime', sql: sql`e.last_at`, notNull: true },
    repeats: { type: 'integer', sql: sql`e.repeats`, notNull: true },
    machine: { type: 'boolean', sql: sql`e.machine`, notNull: true },
    emailAddress: { type: 'email', sql: sql`e.email_address`, notNull: true },
    domain: { type: 'text', sql: domain, folded: domain, notNull: true },
    // One that only looks like a hard bounce is shown as one, as in the log.
    bounce: { type: 'enum', sql: sql`case when e.action = 'bounced' then case e.subject when 'unproved' then 'hard' else e.subject end end`, options: bounces },
    reason: { type: 'text', sql: sql`coalesce(e.detail ->> 'reason', e.detail ->> 'reply', e.detail ->> 'text')` },
    trackingUrlId: { type: 'link', sql: sql`e.tracking_url_id` },
    'trackingUrl.name': { type: 'text', sql: sql`t.name`, shown: false, joined: true },
    'trackingUrl.url': { type: 'url', sql: sql`t.url`, shown: false, joined: true },
    massEmailId: { type: 'link', sql: sql`e.mass_email_id`, notNull: true },
    campaignId: { type: 'link', sql: sql`e.campaign_id`, notNull: true },
    ...Object.fromEntries(mailedInColumns),
  },
  search: [sql`e.email_address`],
  defaultSort: '-at',
  large: true,
  among: (ids) => inLanes('e', ids),
})
