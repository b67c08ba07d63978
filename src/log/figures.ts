/** The figures: numbers per (lane, mass email, metric, link, machine), added to in the transaction of what they count. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import { prepareInside, Slot } from '../platform/prepared.ts'
import type { FigureChange, HourChange } from './entry.ts'

const noLink = '00000000-0000-0000-0000-000000000000'

type DeliveryStatus = 'pending' | 'sending' | 'sent' | 'failed' | 'skipped' | 'uncertain'
/** `count` deliveries of one lane (no tests among them) went from one status to another. */
export type StatusMove = { massEmailId: string; campaignId: string; from: DeliveryStatus; to: DeliveryStatus; count: number }

/** Keeps sent, failed, skipped and uncertain in step with the deliveries' present status; pending and sending are not counted. */
export async function moveStatus(tx: Tx, lane: number, moves: readonly StatusMove[]): Promise<void> {
  const counts = (status: DeliveryStatus) => status !== 'pending' && status !== 'sending'
  await addToFigures(tx, lane, moves.flatMap(({ massEmailId, campaignId, from, to, count }) => [
    ...(counts(from) ? [{ massEmailId, campaignId, metric: from, count: -count }] : []),
    ...(counts(to) ? [{ massEmailId, campaignId, metric: to, count }] : []),
  ]))
}

/**
 * Counts whom a mass email was frozen for: `people` its deliveries, `newPeople` those of them whom no earlier delivery of the
 * campaign is for (an address lies in one lane only, so this is asked lane by lane). Called after deliveries were made, in the same transaction.
 */
export const countPeople = (tx: Tx, massEmailId: string, campaignId: string): Promise<void> => writePeople(tx, massEmailId, campaignId, sql``)

/** The same for lanes whose deliveries changed places. */
export async function countPeopleInLanes(tx: Tx, massEmailId: string, campaignId: string, lanes: readonly number[]): Promise<void> {
  await sql`delete from figure where mass_email_id = ${massEmailId}::uuid and metric in ('people', 'newPeople') and lane = any(${lanes}::smallint[])`.execute(tx)
  await writePeople(tx, massEmailId, campaignId, sql`and d.lane = any(${lanes}::smallint[])`)
}

async function writePeople(tx: Tx, massEmailId: string, campaignId: string, inLanes: RawBuilder<unknown>): Promise<void> {
  await sql`
    with counted as (
      select lane, count(*) as people, count(*) filter (where ${await isFirstOfCampaign(tx, massEmailId, campaignId)}) as new_people
        from delivery d where mass_email_id = ${massEmailId}::uuid and not test ${inLanes} group by lane)
    insert into figure (lane, mass_email_id, campaign_id, metric, count)
    select lane, ${massEmailId}::uuid, ${campaignId}::uuid, each.metric, each.count
      from counted cross join lateral (values ('people', people), ('newPeople', new_people)) as each (metric, count)
     where each.count > 0
    on conflict (lane, mass_email_id, metric, tracking_url_id, machine) do update set count = excluded.count`.execute(tx)
}

/** Whether delivery `d` is its person's first of the campaign. In the campaign's first mass email all are: nobody is looked for. */
async function isFirstOfCampaign(tx: Tx, massEmailId: string, campaignId: string): Promise<RawBuilder<boolean>> {
  const { rows } = await sql`select from figure where campaign_id = ${campaignId}::uuid and mass_email_id <> ${massEmailId}::uuid and metric = 'people' limit 1`.execute(tx)
  return rows.length === 0 ? sql<boolean>`true` : sql<boolean>`not exists (
       select from delivery earlier join mass_email m on m.id = earlier.mass_email_id
        where earlier.lane = d.lane and earlier.email_key = d.email_key and not earlier.test and earlier.id < d.id
          and m.campaign_id = ${campaignId}::uuid and m.id <> ${massEmailId}::uuid)`
}

const column = (name: string) => new Slot(name)

const addFigures = prepareInside(sql`
    insert into figure as known (lane, mass_email_id, campaign_id, metric, tracking_url_id, machine, count)
    select ${column('lane')}::smallint, * from unnest(
      ${column('massEmailIds')}::uuid[], ${column('campaignIds')}::uuid[], ${column('metrics')}::text[],
      ${column('trackingUrlIds')}::uuid[], ${column('machines')}::boolean[], ${column('counts')}::bigint[])
    on conflict (lane, mass_email_id, metric, tracking_url_id, machine) do update set count = known.count + excluded.count`)

export async function addToFigures(tx: Tx, lane: number, changes: readonly FigureChange[]): Promise<void> {
  const sums = summed(changes, ({ massEmailId, metric, trackingUrlId, machine }) => [massEmailId, metric, trackingUrlId ?? noLink, machine ?? false].join(' '))
  if (sums.length > 0) await addFigures(tx, { ...commonColumns(lane, sums), trackingUrlIds: sums.map((change) => change.trackingUrlId ?? noLink) })
}

const addHours = prepareInside(sql`
    insert into figure_hour as known (lane, mass_email_id, campaign_id, hour, metric, machine, count)
    select ${column('lane')}::smallint, * from unnest(
      ${column('massEmailIds')}::uuid[], ${column('campaignIds')}::uuid[], ${column('hours')}::timestamptz[],
      ${column('metrics')}::text[], ${column('machines')}::boolean[], ${column('counts')}::bigint[])
    on conflict (lane, mass_email_id, hour, metric, machine) do update set count = known.count + excluded.count`)

export async function addToHours(tx: Tx, lane: number, changes: readonly HourChange[]): Promise<void> {
  const sums = summed(changes, ({ massEmailId, hour, metric, machine }) => [massEmailId, hour.toISOString(), metric, machine].join(' '))
  if (sums.length > 0) await addHours(tx, { ...commonColumns(lane, sums), hours: sums.map((change) => change.hour) })
}

const commonColumns = (lane: number, changes: readonly (FigureChange | HourChange)[]) => ({
  lane, massEmailIds: changes.map((change) => change.massEmailId), campaignIds: changes.map((change) => change.campaignId),
  metrics: changes.map((change) => change.metric), machines: changes.map((change) => change.machine ?? false), counts: changes.map((change) => change.count),
})

/** One change for each key, none that is zero, in the order of the keys: all writers lock the rows in the same order. */
function summed<Change extends { count: number }>(changes: readonly Change[], keyOf: (change: Change) => string): Change[] {
  const sums = new Map<string, Change>()
  for (const change of changes) {
    const key = keyOf(change)
    sums.set(key, { ...change, count: (sums.get(key)?.count ?? 0) + change.count })
  }
  return [...sums.entries()].filter(([, { count }]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change)
}

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

/** An id that cannot exist has no figures. */
const within = ({ campaignId, massEmailId }: Scope) => {
  const sameId = (column: string, id: string | undefined) => (id === undefined ? [] : [sql`${sql.id(column)} = any(${[id].filter(isId)}::uuid[])`])
  return sql<boolean>`(${sql.join([...sameId('campaign_id', campaignId), ...sameId('mass_email_id', massEmailId)], sql` and `)})`
}
