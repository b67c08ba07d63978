/** Deliveries as what a report is about: those of campaigns that may be read, never tests. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Listable } from '../listing/listable.ts'
import { campaignStands, inLanes, mailedInColumns, mailedInFields } from './mailed-in.ts'
import { fieldsOfPersons, personColumns, personFields, personJoins } from './mailed-person.ts'
import type { Source, SourceField } from './source.ts'

export const deliverySource = (actor: Actor | null): Source => ({
  name: 'Delivery', plural: 'Deliveries', slug: null, people: 'recipients', alwaysRead: ['entityType', 'recordId'],
  listable: deliveries(actor),
  fields: [...personFields(), ...fields, ...mailedInFields, ...fieldsOfPersons()],
  defaultColumns: ['recordName', 'emailAddress', 'status', 'reason', 'massEmailId', 'sentAt'],
})

const statuses = ['pending', 'sending', 'sent', 'failed', 'skipped', 'uncertain'] as const

const fields: SourceField[] = [
  { key: 'emailAddress', label: 'Email', type: 'email' },
  { key: 'domain', label: 'Recipient Domain', type: 'text' },
  { key: 'status', label: 'Status', type: 'enum', options: statuses },
  { key: 'reason', label: 'Reason', type: 'text' },
  { key: 'reasonCode', label: 'Reason Code', type: 'text' },
  { key: 'attempts', label: 'Attempts', type: 'integer' },
  { key: 'dueAt', label: 'Next Attempt', type: 'dateTime' },
  { key: 'firstTriedAt', label: 'First Attempt', type: 'dateTime' },
  { key: 'sentAt', label: 'Sent', type: 'dateTime' },
  { key: 'settledAt', label: 'Settled', type: 'dateTime' },
  { key: 'sandbox', label: 'Sandbox', type: 'boolean' },
]

const deliveries = (actor: Actor | null): Listable => ({
  from: sql`delivery d left join mass_email m on m.id = d.mass_email_id left join campaign c on c.id = m.campaign_id${personJoins('d', actor)}`,
  plain: sql`delivery d`,
  where: sql<boolean>`not d.test and d.mass_email_id in (
    select m.id from mass_email m join campaign c on c.id = m.campaign_id where m.deleted_at is null and ${campaignStands(actor)})`,
  id: sql`d.id`,
  columns: {
    id: { type: 'text', sql: sql`d.lane || '-' || d.id`, notNull: true },
    order: { type: 'integer', sql: sql`d.id`, notNull: true, shown: false },
    ...Object.fromEntries(personColumns('d', actor)),
    emailAddress: { type: 'email', sql: sql`d.email_address`, folded: sql`d.email_key`, notNull: true },
    domain: { type: 'text', sql: sql`split_part(d.email_key, '@', -1)`, folded: sql`split_part(d.email_key, '@', -1)`, notNull: true },
    status: { type: 'enum', sql: sql`d.status::text`, options: statuses, notNull: true },
    reason: { type: 'text', sql: sql`coalesce(d.reason, d.reason_code)` },
    reasonCode: { type: 'text', sql: sql`d.reason_code` },
    attempts: { type: 'integer', sql: sql`d.attempts`, notNull: true },
    dueAt: { type: 'dateTime', sql: sql`case when d.status = 'pending' then d.due_at end` },
    firstTriedAt: { type: 'dateTime', sql: sql`d.first_tried_at` },
    sentAt: { type: 'dateTime', sql: sql`d.sent_at` },
    settledAt: { type: 'dateTime', sql: sql`d.settled_at` },
    sandbox: { type: 'boolean', sql: sql`d.sandbox`, notNull: true },
    massEmailId: { type: 'link', sql: sql`d.mass_email_id`, notNull: true },
    campaignId: { type: 'link', sql: sql`m.campaign_id`, joined: true },
    ...Object.fromEntries(mailedInColumns),
  },
  search: [sql`d.email_key`],
  defaultSort: '-order',
  large: true,
  among: (ids) => inLanes('d', ids),
})
