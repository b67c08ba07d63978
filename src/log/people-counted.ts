/** Whom a mass email was frozen for, in the figures: in all, by recipient domain and by entity type. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { laneCount } from '../platform/lanes.ts'
import { domainOfDelivery } from './domains.ts'
import { lockLane } from './lane-lock.ts'

/**
 * Counts whom a mass email was frozen for: `people` its deliveries, `newPeople` those of them whom no earlier delivery of the
 * campaign is for (an address lies in one lane only, so this is asked lane by lane). Called after deliveries were made, in the same transaction.
 */
export async function countPeople(tx: Tx, massEmailId: string, campaignId: string): Promise<void> {
  await writePeople(tx, massEmailId, campaignId, await largeDomains(tx, massEmailId), sql``)
}

/** The same for lanes whose deliveries changed places. */
export async function countPeopleInLanes(tx: Tx, massEmailId: string, campaignId: string, lanes: readonly number[]): Promise<void> {
  for (const lane of [...lanes].sort((a, b) => a - b)) await lockLane(tx, lane)
  const inLanes = sql`and lane = any(${lanes}::smallint[])`
  await sql`delete from figure where mass_email_id = ${massEmailId}::uuid and metric in ('people', 'newPeople') ${inLanes}`.execute(tx)
  await sql`update figure_domain set people = 0 where mass_email_id = ${massEmailId}::uuid ${inLanes}`.execute(tx)
  await writePeople(tx, massEmailId, campaignId, await largeDomains(tx, massEmailId), inLanes)
}

/** One pass over the deliveries: a freeze waits for it. Large domains are numbers in it, which are quicker to group than their names. */
async function writePeople(tx: Tx, massEmailId: string, campaignId: string, large: readonly string[], inLanes: RawBuilder<unknown>): Promise<void> {
  await sql`
    with each as materialized (
      select lane, entity_type, large.place, count(*) as people, count(*) filter (where ${await isFirstOfCampaign(tx, massEmailId, campaignId)}) as new_people
        from delivery d left join unnest(${large}::text[]) with ordinality as large (domain, place) on large.domain = ${domainOfDelivery}
       where mass_email_id = ${massEmailId}::uuid and not test ${inLanes} group by 1, 2, 3
    ), of_lanes as (
      insert into figure (lane, mass_email_id, campaign_id, metric, count)
      select lane, ${massEmailId}::uuid, ${campaignId}::uuid, metric, sum(count)
        from each cross join lateral (values ('people', people), ('newPeople', new_people)) as counted (metric, count)
       group by lane, metric having sum(count) > 0
      on conflict (lane, mass_email_id, metric, tracking_url_id, machine) do update set count = excluded.count
    )
    insert into figure_domain (lane, mass_email_id, entity_type, domain, campaign_id, people)
    select lane, ${massEmailId}::uuid, entity_type, coalesce((${large}::text[])[place], ''), ${campaignId}::uuid, people from each order by 1, 3, 4
    on conflict (lane, mass_email_id, entity_type, domain) do update set people = excluded.people`.execute(tx)
}

/** So many domains of a mass email are kept by name. */
const mostLarge = 50
/** So many deliveries tell which domains are large: as many lanes as that takes, since an address lies in any of them with the same chance. */
const sample = 16_000

/** Chosen once, by the first who asks; from then on a domain is one of them when any lane has a row of it. */
async function largeDomains(tx: Tx, massEmailId: string): Promise<string[]> {
  const domains = (rows: { domain: string }[]) => rows.map(({ domain }) => domain)
  const { rows: known } = await sql<{ domain: string }>`select distinct domain from figure_domain where mass_email_id = ${massEmailId}::uuid`.execute(tx)
  if (known.length > 0) return domains(known)
  const { rows: [first] } = await sql<{ count: number }>`select count(*) as count from delivery where lane = 0 and mass_email_id = ${massEmailId}::uuid and not test`.execute(tx)
  const lanes = Array.from({ length: Math.min(laneCount, Math.ceil(sample / Math.max(1, first!.count))) }, (_, lane) => lane)
  // Named one by one they are found by the index; as a range the whole ledger was read.
  const { rows } = await sql<{ domain: string }>`
    select ${domainOfDelivery} as domain from delivery d
     where mass_email_id = ${massEmailId}::uuid and not test and lane = any(${lanes}::smallint[])
     group by 1 order by count(*) desc, 1 limit ${mostLarge}`.execute(tx)
  return domains(rows)
}

/** Whether delivery `d` is its person's first of the campaign. In the campaign's first mass email all are: nobody is looked for. */
async function isFirstOfCampaign(tx: Tx, massEmailId: string, campaignId: string): Promise<RawBuilder<boolean>> {
  const { rows } = await sql`select from figure where campaign_id = ${campaignId}::uuid and mass_email_id <> ${massEmailId}::uuid and metric = 'people' limit 1`.execute(tx)
  return rows.length === 0 ? sql<boolean>`true` : sql<boolean>`not exists (
       select from delivery earlier join mass_email m on m.id = earlier.mass_email_id
        where earlier.lane = d.lane and earlier.email_key = d.email_key and not earlier.test and earlier.id < d.id
          and m.campaign_id = ${campaignId}::uuid and m.id <> ${massEmailId}::uuid)`
}
