/**
 * What a report asks about and its person may not see. For that person nobody is in such a list, nobody did anything in such a campaign, and a linked
 * record has no fields: "not in it" would be everybody, and the list would fill with the very people whom the report leaves out.
 * Which of the report's own rows one may see is another matter: only those are meant.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import { findDefinition } from '../records/entity-types.ts'
import { typeBehind } from '../records/type-behind.ts'

type Asking = { entityType: string; filter: unknown }
type Leaf = Record<string, unknown>

/** In the plural what a condition looks at without seeing all of it, or that is gone; null where everything may be seen. `filter` has its answers. */
export async function unseenIn(db: Db, actor: Actor, { entityType, filter }: Asking): Promise<string | null> {
  const leaves = leavesIn(filter)
  const linked = linkedTypes(entityType, leaves).find(({ name }) => !reachesAll(actor, name, 'read'))
  if (linked) return linked.plural
  if (leaves.some(asksAllCampaigns) && !reachesAll(actor, 'Campaign', 'read')) return 'campaigns'
  const { rows } = await sql<{ lists: boolean; campaigns: boolean }>`
    select ${listsUnseen(actor, leaves)} as lists, (${sql.join(campaignsUnseen(actor, entityType, leaves), sql` or `)}) as campaigns`.execute(db)
  return rows[0]!.lists ? 'target lists' : rows[0]!.campaigns ? 'campaigns' : null
}

function linkedTypes(entityType: string, leaves: readonly Leaf[]) {
  const type = findDefinition(entityType)
  return type ? leaves.flatMap(({ field }) => (typeof field === 'string' ? typeBehind(type, field) ?? [] : [])) : []
}

const campaignKeys = ['campaignId', 'campaignIds', 'massEmailId', 'trackingUrlId'] as const

/** "Did not click in 90 days": in any campaign, or in those that one may see by chance. */
const asksAllCampaigns = (leaf: Leaf) => 'activity' in leaf && campaignKeys.every((key) => leaf[key] === undefined)

const listsUnseen = (actor: Actor, leaves: readonly Leaf[]) =>
  unseen(leaves.flatMap(({ op, value }) => (op === 'memberOf' || op === 'notMemberOf' ? idsIn(value) : [])), sql`target_list r where r.id`, sql`${allowed(actor, 'TargetList', 'read')}`)

/** Of a deleted campaign what people did still counts, but there are no rows of it in a report about deliveries or the log. */
function campaignsUnseen(actor: Actor, entityType: string, leaves: readonly Leaf[]): RawBuilder<boolean>[] {
  const isLog = entityType === 'Delivery' || entityType === 'CampaignLog'
  const named = (...keys: string[]) => leaves.flatMap((leaf) => keys.flatMap((key) => ('activity' in leaf ? idsIn(leaf[key]) : isLog && leaf.field === key ? idsIn(leaf.value) : [])))
  const readable = sql`${allowed(actor, 'Campaign', 'read')}${isLog ? sql` and r.deleted_at is null` : sql``}`
  return [
    unseen(named('campaignId', 'campaignIds'), sql`campaign r where r.id`, readable),
    unseen(named('massEmailId'), sql`mass_email m join campaign r on r.id = m.campaign_id where m.id`, entityType === 'Delivery' ? sql`${readable} and m.deleted_at is null` : readable),
    unseen(named('trackingUrlId'), sql`tracking_url t join campaign r on r.id = t.campaign_id where t.id`, readable),
  ]
}

const unseen = (ids: readonly string[], fromWhereId: RawBuilder<unknown>, readable: RawBuilder<unknown>) => sql<boolean>`
  exists (select from unnest(${ids}::uuid[]) named (id) where not exists (select from ${fromWhereId} = named.id and ${readable}))`

/** What cannot be an id is the id of nothing: it is as gone as what was deleted. */
const nothing = '00000000-0000-0000-0000-000000000000'
const idsIn = (value: unknown): string[] => [value].flat().filter((each): each is string => typeof each === 'string' && each !== '').map((id) => (isId(id) ? id : nothing))

function leavesIn(filter: unknown): Leaf[] {
  if (typeof filter !== 'object' || filter === null) return []
  const { and, or, not } = filter as Leaf
  const below = [and, or, not].flat().filter((each) => each !== undefined)
  return below.length > 0 ? below.flatMap(leavesIn) : [filter as Leaf]
}
