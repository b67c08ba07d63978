/** Links of other campaigns in a template: clicks would be counted there, so the pre-flight says which link was meant. */
import { sql } from 'kysely'
import type { Problem } from '../content/problem.ts'
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/id.ts'

/** What is wrong with the placeholders, in words; for a link of another campaign with this campaign's one of the same name. */
export async function sayProblems(db: Db, problems: readonly Problem[], campaignId: string): Promise<string[]> {
  const ids = problems.filter(({ code }) => code === 'unknownTrackingUrl').map(({ placeholder }) => idIn(placeholder)).filter(isId)
  const foreign = await foreignLinks(db, ids, campaignId)
  return [...new Set(problems.map(({ message, placeholder }) => foreign.get(idIn(placeholder)) ?? message))]
}

/** Lower case, as PostgreSQL gives ids. */
const idIn = (placeholder: string): string => (/^\{trackingUrl:([^{}|]+)/.exec(placeholder)?.[1] ?? '').trim().toLowerCase()

async function foreignLinks(db: Db, ids: readonly string[], campaignId: string): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string; campaignName: string; ownId: string | null }>`
    select t.id, t.name, c.name as campaign_name,
           (select o.id from tracking_url o where o.campaign_id = ${campaignId}::uuid and o.name = t.name and o.deleted_at is null order by o.created_at limit 1) as own_id
      from tracking_url t join campaign c on c.id = t.campaign_id
     where t.id = any(${ids}::uuid[]) and t.campaign_id <> ${campaignId}::uuid`.execute(db)
  return new Map(rows.map(({ id, name, campaignName, ownId }) => [id,
    `{trackingUrl:${id}} is the link "${name}" of the campaign ${campaignName}. ${ownId
      ? `Use this campaign's link of the same name: {trackingUrl:${ownId}}.`
      : 'Make a link of this name in this campaign and use its code.'}`]))
}
