/** The proof of the figures: counts them anew from the deliveries and the log, and names every difference. Changes nothing. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { unproved } from './entry.ts'
import { recountDomains } from './recount-domains.ts'

/** A figure of one lane that is not what a recount finds; `of` is the mass email's or, for people of a campaign, the campaign's id. */
export type Difference = {
  of: string; lane: number | null; metric: string; trackingUrlId: string; machine: boolean; kept: number; counted: number
  /** Of a figure over time. */
  hour?: Date
  /** Of a figure by recipient domain and entity type. */
  domain?: string
  entityType?: string
}

/** Every mass email and campaign that has figures or deliveries. Empty: the figures are right. */
export async function verifyFigures(db: Db): Promise<Difference[]> {
  const { rows: massEmails } = await sql<{ id: string }>`select id from mass_email order by id`.execute(db)
  const differences: Difference[] = []
  for (const { id } of massEmails) differences.push(...await recount(db, id), ...await recountHours(db, id), ...await recountDomains(db, id))
  return [...differences, ...await recountCampaignPeople(db)]
}

/** Compares the figures of one mass email with its deliveries and its log, lane by lane. One snapshot: may run while mail goes out. */
export async function recount(db: Db, massEmailId: string): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with kept as (
      select lane, metric, tracking_url_id, machine, count from figure where mass_email_id = ${massEmailId}::uuid and metric <> 'newPeople'
    ), entry as (
      select * from log_entry where mass_email_id = ${massEmailId}::uuid and not test and subject <> ${unproved}
    ), counted as (${statuses(massEmailId)} union all ${logged(massEmailId)} union all ${once} union all ${clicks} union all ${bounces(massEmailId)})
    select ${massEmailId} as "of", lane, metric, tracking_url_id, machine, coalesce(kept.count, 0) as kept, coalesce(counted.count, 0) as counted
      from kept full join counted using (lane, metric, tracking_url_id, machine)
     where coalesce(kept.count, 0) <> coalesce(counted.count, 0)
     order by metric, lane`.execute(db)
  return rows
}

/** The same for the figures over time: what was logged for the first time in each hour. */
export async function recountHours(db: Db, massEmailId: string): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with kept as (
      select lane, metric, machine, hour, count from figure_hour where mass_email_id = ${massEmailId}::uuid
    ), entry as (
      -- A delivery's first click counts, on whichever link.
      select distinct on (lane, delivery_id, action, machine, case when action = 'clicked' then '' else subject end)
             lane, action, subject, machine, date_trunc('hour', at, 'UTC') as hour
        from log_entry where mass_email_id = ${massEmailId}::uuid and not test and subject <> ${unproved}
       order by lane, delivery_id, action, machine, case when action = 'clicked' then '' else subject end, id
    ), counted as (
      select lane, hour, machine, count(*) as count,
             case when action = 'leadCreated' then 'leadsCreated' when action = 'bounced' and subject = 'hard' then 'bouncedHard'
                  when action = 'bounced' then 'bouncedSoft' else action end as metric
        from entry group by lane, hour, machine, 5)
    select ${massEmailId} as "of", lane, metric, ${noLink} as tracking_url_id, machine, hour,
           coalesce(kept.count, 0) as kept, coalesce(counted.count, 0) as counted
      from kept full join counted using (lane, metric, machine, hour)
     where coalesce(kept.count, 0) <> coalesce(counted.count, 0)
     order by hour, metric, lane`.execute(db)
  return rows
}

const noLink = sql`'00000000-0000-0000-0000-000000000000'::uuid`

const statuses = (massEmailId: string) => sql`
      select lane, status::text as metric, ${noLink} as tracking_url_id, false as machine, count(*) as count
        from delivery where mass_email_id = ${massEmailId}::uuid and not test and status in ('sent', 'failed', 'skipped', 'uncertain')
       group by lane, status
      union all
      select lane, 'people', ${noLink}, false, count(*) from delivery where mass_email_id = ${massEmailId}::uuid and not test group by lane`

/** Entries by themselves, whatever they say. */
const logged = (massEmailId: string) => sql`
      select lane, 'logged.' || action, ${noLink}, machine, count(*) from log_entry where mass_email_id = ${massEmailId}::uuid and not test group by lane, action, machine`

const once = sql`
      select lane, case action when 'leadCreated' then 'leadsCreated' else action end, ${noLink}, machine, count(distinct delivery_id)
        from entry where action in ('opened', 'optedOut', 'optedIn', 'complained', 'replied', 'leadCreated') group by lane, action, machine`

const clicks = sql`
      select lane, 'clicked', ${noLink}, machine, count(distinct delivery_id) from entry where action = 'clicked' group by lane, machine
      union all
      select lane, 'clicked', tracking_url_id, machine, count(distinct delivery_id)
        from entry where action = 'clicked' and tracking_url_id is not null group by lane, tracking_url_id, machine
      union all
      select lane, 'clicks', ${noLink}, machine, sum(repeats) from entry where action = 'clicked' group by lane, machine
      union all
      select lane, 'clicks', tracking_url_id, machine, sum(repeats)
        from entry where action = 'clicked' and tracking_url_id is not null group by lane, tracking_url_id, machine`

/** Of Sent deliveries only, hard before soft. */
const bounces = (massEmailId: string) => sql`
      select lane, case when hard then 'bouncedHard' else 'bouncedSoft' end, ${noLink}, false, count(*)
        from (select lane, delivery_id as id, bool_or(subject = 'hard') as hard
                from entry where action = 'bounced' group by lane, delivery_id) bounced
        join delivery d using (lane, id) where d.mass_email_id = ${massEmailId}::uuid and d.status = 'sent' group by lane, hard`

/** People of a campaign: each address once, whichever mass emails it got. */
async function recountCampaignPeople(db: Db): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with kept as (select campaign_id, sum(count) as count from figure where metric = 'newPeople' group by campaign_id),
    counted as (
      select m.campaign_id, count(distinct d.email_key) as count
        from delivery d join mass_email m on m.id = d.mass_email_id where not d.test group by m.campaign_id)
    select campaign_id as "of", null as lane, 'newPeople' as metric, ${noLink} as tracking_url_id, false as machine,
           coalesce(kept.count, 0)::bigint as kept, coalesce(counted.count, 0) as counted
      from kept full join counted using (campaign_id)
     where coalesce(kept.count, 0) <> coalesce(counted.count, 0)`.execute(db)
  return rows
}
