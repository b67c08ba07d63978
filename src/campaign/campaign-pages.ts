/** What is shown of campaigns. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { pageWithComputed } from '../listing/computed-fields.ts'
import type { Item, Page } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { campaignStatuses, campaignTypes } from './campaign.ts'
import { readableCampaign } from './campaign-rights.ts'
import { idsOf, listsOfCampaigns } from './lists.ts'
import { smallFigures } from './small-figures.ts'

const listIds = (excluding: boolean) => sql`(select array_agg(l.target_list_id) from campaign_target_list l where l.campaign_id = c.id and l.excluding = ${excluding})`

const campaigns: Listable = {
  from: sql`campaign c`,
  where: sql<boolean>`c.deleted_at is null`,
  id: sql`c.id`,
  columns: {
    id: { type: 'link', sql: sql`c.id` },
    name: { type: 'text', sql: sql`c.name`, notNull: true },
    type: { type: 'enum', sql: sql`c.type`, options: campaignTypes },
    status: { type: 'enum', sql: sql`c.status`, options: campaignStatuses },
    description: { type: 'longText', sql: sql`c.description` },
    startDate: { type: 'date', sql: sql`c.start_date` },
    endDate: { type: 'date', sql: sql`c.end_date` },
    trackAllLinks: { type: 'boolean', sql: sql`c.track_all_links` },
    assignedUserId: { type: 'link', sql: sql`c.assigned_user_id` },
    assignedUserName: { type: 'text', sql: sql`(select name from "user" where id = c.assigned_user_id)` },
    teamIds: { type: 'linkMultiple', sql: sql`c.team_ids`, notNull: true },
    // For filters only: which campaigns use a target list? What is shown of them is computed below.
    targetListIds: { type: 'linkMultiple', sql: listIds(false), shown: false },
    excludingTargetListIds: { type: 'linkMultiple', sql: listIds(true), shown: false },
    massEmails: { type: 'integer', sql: sql`(select count(*) from mass_email m where m.campaign_id = c.id and m.deleted_at is null)` },
    createdAt: { type: 'dateTime', sql: sql`c.created_at`, notNull: true },
    modifiedAt: { type: 'dateTime', sql: sql`c.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`c.version` },
  },
  search: [sql`c.name`],
  defaultSort: '-createdAt',
}

export const campaignsPage = (db: Db, actor: Actor, query: Partial<ListQuery>, context: ListContext): Promise<Page> =>
  withComputed(db, { ...campaigns, where: sql<boolean>`c.deleted_at is null and ${readableCampaign(actor)}` }, query, context)

function withComputed(db: Db, list: Listable, query: Partial<ListQuery>, context: ListContext): Promise<Page> {
  return pageWithComputed(db, list, query, context, {
    names: ['targetListIds', 'excludingTargetListIds', 'targetLists', 'excludingTargetLists', 'figures'],
    of: async (ids) => {
      const [lists, figures] = await Promise.all([listsOfCampaigns(db, ids), smallFigures(db, 'campaign_id', ids)])
      return new Map(ids.map((id) => [id, { ...lists.get(id)!, ...idsOf(lists.get(id)!), figures: figures.get(id)! }]))
    },
  })
}

/** Rights are asked before. */
export async function readCampaign(db: Db, id: string, context: ListContext): Promise<Item> {
  const { items } = isId(id) ? await withComputed(db, campaigns, { filter: { field: 'id', op: 'equals', value: id }, limit: 1 }, context) : { items: [] }
  if (!items[0]) throw notFound('campaign', id)
  return items[0]
}
