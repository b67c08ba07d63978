/** The figures as they are kept: numbers per (lane, mass email, metric, link, machine), summed over the lanes. Who adds to them: counters.ts. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { reachesAll } from '../access/row-rights.ts'
import { readableCampaign } from '../campaign/campaign-rights.ts'
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import { noLink } from './counters.ts'

/** A campaign, one of its mass emails, or a mass email by itself. */
export type Scope = { campaignId?: string | undefined; massEmailId?: string | undefined }

/** The numbers of a mass email or a campaign over all lanes, by metric; of machines apart. */
export async function sumFigures(db: Db, scope: Scope): Promise<{ human: Record<string, number>; machine: Record<string, number> }> {
  const { rows } = await sql<{ metric: string; machine: boolean; count: number }>`
    select metric, machine, sum(count)::bigint as count from figure
     where ${within(scope)} and tracking_url_id = ${noLink}::uuid group by metric, machine`.execute(db)
  const of = (machine: boolean) => Object.fromEntries(rows.filter((row) => row.machine === machine).map((row) => [row.metric, row.count]))
  return { human: of(false), machine: of(true) }
}

export type LinkFigure = { trackingUrlId: string; people: number; clicks: number; machinePeople: number; machineClicks: number }

/** Who clicked which link: people (deliveries) and clicks in total. */
export async function sumLinks(db: Db, scope: Scope): Promise<LinkFigure[]> {
  const { rows } = await sql<LinkFigure>`
    select tracking_url_id,
           coalesce(sum(count) filter (where metric = 'clicked' and not machine), 0)::bigint as people,
           coalesce(sum(count) filter (where metric = 'clicks' and not machine), 0)::bigint as clicks,
           coalesce(sum(count) filter (where metric = 'clicked' and machine), 0)::bigint as machine_people,
           coalesce(sum(count) filter (where metric = 'clicks' and machine), 0)::bigint as machine_clicks
      from figure where ${within(scope)} and tracking_url_id <> ${noLink}::uuid
     group by tracking_url_id order by people desc, tracking_url_id`.execute(db)
  return rows
}

export type HourFigures = { hour: Date; counts: Record<string, number> }

/** What was logged in each hour, by people; an hour in which nothing was is left out. */
export async function sumHours(db: Db, scope: Scope): Promise<HourFigures[]> {
  const { rows } = await sql<HourFigures>`
    select hour, jsonb_object_agg(metric, count) as counts from (
      select hour, metric, sum(count)::bigint as count from figure_hour where ${within(scope)} and not machine group by hour, metric) sums
     group by hour order by hour`.execute(db)
  return rows
}

export type SafetyFigures = { sent: number; bouncedHard: number; complained: number }

/** What was sent and what came back since then, in all campaigns that may be read; in whole hours. */
export async function sumSafetySince(db: Db, actor: Actor, since: Date): Promise<SafetyFigures> {
  const { rows } = await sql<SafetyFigures>`
    select coalesce(sum(count) filter (where metric = 'sent'), 0)::bigint as sent, coalesce(sum(count) filter (where metric = 'bouncedHard'), 0)::bigint as bounced_hard,
           coalesce(sum(count) filter (where metric = 'complained'), 0)::bigint as complained
      from figure_hour h where metric in ('sent', 'bouncedHard', 'complained') and hour >= ${since}
       ${reachesAll(actor, 'Campaign', 'read') ? sql`` : sql`and exists (select from campaign c where c.id = h.campaign_id and ${readableCampaign(actor)})`}`.execute(db)
  return rows[0]!
}

/** An id that cannot exist has no figures. */
export const within = ({ campaignId, massEmailId }: Scope) => {
  const sameId = (column: string, id: string | undefined) => (id === undefined ? [] : [sql`${sql.id(column)} = any(${[id].filter(isId)}::uuid[])`])
  return sql<boolean>`(${sql.join([...sameId('campaign_id', campaignId), ...sameId('mass_email_id', massEmailId)], sql` and `)})`
}
