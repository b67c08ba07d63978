/**
 * What a report asks about and its person may not see. For that person nobody is in such a list and nobody did anything in such a campaign: "not in
 * it" would be everybody, and the list would fill with the very people whom the report leaves out.
 */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/id.ts'

/** True when its filter names a target list or a campaign that is there and may not be read. */
export async function asksUnseen(db: Db, actor: Actor, filter: unknown): Promise<boolean> {
  const { lists, campaigns, massEmails, links } = named(filter)
  const { rows } = await sql<{ yes: boolean }>`
    select exists (
      select from target_list r where r.id = any(${lists}::uuid[]) and not ${allowed(actor, 'TargetList', 'read')}
      union all
      select from campaign r where not ${allowed(actor, 'Campaign', 'read')} and (
        r.id = any(${campaigns}::uuid[])
        or exists (select from mass_email m where m.campaign_id = r.id and m.id = any(${massEmails}::uuid[]))
        or exists (select from tracking_url t where t.campaign_id = r.id and t.id = any(${links}::uuid[])))) as yes`.execute(db)
  return rows[0]!.yes
}

type Named = { lists: string[]; campaigns: string[]; massEmails: string[]; links: string[] }

function named(filter: unknown, into: Named = { lists: [], campaigns: [], massEmails: [], links: [] }): Named {
  if (typeof filter !== 'object' || filter === null) return into
  const { op, value, campaignId, campaignIds, massEmailId, trackingUrlId } = filter as Record<string, unknown>
  if (op === 'memberOf' || op === 'notMemberOf') into.lists.push(...idsIn(value))
  into.campaigns.push(...idsIn(campaignId), ...idsIn(campaignIds))
  into.massEmails.push(...idsIn(massEmailId))
  into.links.push(...idsIn(trackingUrlId))
  for (const below of Object.values(filter)) named(below, into)
  return into
}

const idsIn = (value: unknown): string[] => [value].flat().filter((each): each is string => typeof each === 'string' && isId(each))
