/** In which mass email and campaign a delivery or log entry is: their fields, and which of them somebody may read. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { reachesAll } from '../access/row-rights.ts'
import { campaignStatuses, campaignTypes } from '../campaign/campaign.ts'
import { readableCampaign } from '../campaign/campaign-rights.ts'
import { massEmailStatuses } from '../campaign/mass-email.ts'
import type { ListColumn } from '../listing/listable.ts'
import type { SourceField } from './source.ts'

/** The campaign `c` is there, and may be read. */
export const campaignStands = (actor: Actor | null): RawBuilder<boolean> =>
  sql<boolean>`c.deleted_at is null${actor && !reachesAll(actor, 'Campaign', 'read') ? sql` and ${readableCampaign(actor)}` : sql``}`

/** `m` and `c` in the statement. */
export const mailedInColumns: [string, ListColumn][] = Object.entries<ListColumn>({
  'massEmail.name': { type: 'text', sql: sql`m.name` },
  'massEmail.status': { type: 'enum', sql: sql`m.status::text`, options: massEmailStatuses },
  'massEmail.dateStart': { type: 'dateTime', sql: sql`m.date_start` },
  'massEmail.startedAt': { type: 'dateTime', sql: sql`m.frozen_at` },
  'massEmail.completedAt': { type: 'dateTime', sql: sql`m.completed_at` },
  'massEmail.fromAddress': { type: 'email', sql: sql`m.from_address` },
  'campaign.name': { type: 'text', sql: sql`c.name` },
  'campaign.type': { type: 'enum', sql: sql`c.type`, options: campaignTypes },
  'campaign.status': { type: 'enum', sql: sql`c.status`, options: campaignStatuses },
  'campaign.startDate': { type: 'date', sql: sql`c.start_date` },
  'campaign.endDate': { type: 'date', sql: sql`c.end_date` },
  'campaign.assignedUserId': { type: 'link', sql: sql`c.assigned_user_id` },
}).map(([key, column]) => [key, { ...column, shown: false, joined: true }])

export const mailedInFields: SourceField[] = [
  { key: 'massEmailId', label: 'Mass Email', type: 'link', linksTo: 'MassEmail' },
  { key: 'campaignId', label: 'Campaign', type: 'link', linksTo: 'Campaign' },
  { key: 'massEmail.name', label: 'Name', type: 'text', through: 'Mass Email' },
  { key: 'massEmail.status', label: 'Status', type: 'enum', options: massEmailStatuses, through: 'Mass Email' },
  { key: 'massEmail.dateStart', label: 'Date Start', type: 'dateTime', through: 'Mass Email' },
  { key: 'massEmail.startedAt', label: 'Began to Send', type: 'dateTime', through: 'Mass Email' },
  { key: 'massEmail.completedAt', label: 'Completed', type: 'dateTime', through: 'Mass Email' },
  { key: 'massEmail.fromAddress', label: 'From', type: 'email', through: 'Mass Email' },
  { key: 'campaign.name', label: 'Name', type: 'text', through: 'Campaign' },
  { key: 'campaign.type', label: 'Type', type: 'enum', options: campaignTypes, through: 'Campaign' },
  { key: 'campaign.status', label: 'Status', type: 'enum', options: campaignStatuses, through: 'Campaign' },
  { key: 'campaign.startDate', label: 'Start Date', type: 'date', through: 'Campaign' },
  { key: 'campaign.endDate', label: 'End Date', type: 'date', through: 'Campaign' },
  { key: 'campaign.assignedUserId', label: 'Assigned User', type: 'link', linksTo: 'User', through: 'Campaign' },
]

/** Ids of rows lie in a lane; an index finds them by both. */
export const inLanes = (row: string, ids: string[]): RawBuilder<boolean> =>
  sql<boolean>`(${sql.id(row, 'lane')} in (select generate_series(0, 63)::smallint) and ${sql.id(row, 'id')} = any(${ids}::bigint[]))`
