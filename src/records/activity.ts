/** "Did this in a campaign", as the campaign log says it: what a person did, not a machine that opens and clicks for them, and not in a test. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import type { ActivityLeaf, ListContext } from '../listing/listable.ts'
import { isId } from '../platform/id.ts'
import type { EntityType } from './definition.ts'

/** Over the record `r`. */
export function didIt({ name }: EntityType, actor: Actor | null, leaf: ActivityLeaf, { now }: ListContext): RawBuilder<boolean> {
  const of = (column: string, ids: readonly string[] | undefined) =>
    ids === undefined ? sql`` : sql` and l.${sql.id(column)} = any(${ids.filter(isId)}::uuid[])`
  const one = (id: string | undefined) => (id === undefined ? undefined : [id])
  return sql<boolean>`exists (
    select from log_entry l
     where l.record_id = r.id and l.entity_type = ${name} and l.action = ${leaf.activity} and not l.machine and not l.test
       ${of('campaign_id', one(leaf.campaignId))}${of('campaign_id', leaf.campaignIds)}${of('mass_email_id', one(leaf.massEmailId))}${of('tracking_url_id', one(leaf.trackingUrlId))}
       ${leaf.lastCampaigns === undefined ? sql`` : sql` and l.campaign_id = any(array(${lastCampaigns(actor, leaf.lastCampaigns)}))`}
       ${leaf.withinDays === undefined ? sql`` : sql`and l.at >= ${now}::timestamptz - make_interval(hours => ${24 * leaf.withinDays})`}
       ${readableBehind(actor, 'Campaign', 'campaign', sql`l.campaign_id`)})`
}

export const readableBehind = (actor: Actor | null, typeName: string, table: string, id: RawBuilder<unknown>) =>
  actor && !reachesAll(actor, typeName, 'read')
    ? sql`and exists (select from ${sql.table(table)} o where o.id = ${id} and ${allowed(actor, typeName, 'read', 'o')})`
    : sql``

/** The ids of the campaigns whose mass emails began to go out last, among those that the actor may read. */
const lastCampaigns = (actor: Actor | null, count: number): RawBuilder<unknown> => sql`
  select o.id from campaign o join mass_email e on e.campaign_id = o.id
   where e.frozen_at is not null and e.deleted_at is null and o.deleted_at is null
     ${actor && !reachesAll(actor, 'Campaign', 'read') ? sql`and ${allowed(actor, 'Campaign', 'read', 'o')}` : sql``}
   group by o.id order by max(e.frozen_at) desc, o.id limit ${count}`
