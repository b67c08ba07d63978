/** The few numbers that rows of lists show, summed for a page at once. The whole figures are the log's. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

export type Numbers = {
  people: number; sent: number; failed: number; skipped: number; uncertain: number
  opened: number; clicked: number; optedOut: number; bounced: number
}

/** By mass email or by campaign (there each person is counted once); what machines did is left out. */
export async function smallFigures(db: Db, by: 'mass_email_id' | 'campaign_id', ids: readonly string[]): Promise<Map<string, Numbers>> {
  const { rows } = await sql<{ id: string; metric: string; count: number }>`
    select ${sql.ref(by)} as id, metric, sum(count)::bigint as count from figure
     where ${sql.ref(by)} = any(${ids}::uuid[]) and not machine and tracking_url_id = '00000000-0000-0000-0000-000000000000'
     group by 1, 2`.execute(db)
  return new Map(ids.map((id) => {
    const of = (metric: string) => rows.find((row) => row.id === id && row.metric === metric)?.count ?? 0
    return [id, {
      people: of(by === 'campaign_id' ? 'newPeople' : 'people'), sent: of('sent'), failed: of('failed'), skipped: of('skipped'), uncertain: of('uncertain'),
      opened: of('opened'), clicked: of('clicked'), optedOut: of('optedOut'), bounced: of('bouncedHard') + of('bouncedSoft'),
    }]
  }))
}

/** Clicks by link: people and all. */
export async function clicksOf(db: Db, trackingUrlIds: readonly string[]): Promise<Map<string, { clicked: number; clicks: number }>> {
  const { rows } = await sql<{ id: string; clicked: number; clicks: number }>`
    select tracking_url_id as id, coalesce(sum(count) filter (where metric = 'clicked'), 0)::bigint as clicked,
           coalesce(sum(count) filter (where metric = 'clicks'), 0)::bigint as clicks
      from figure where tracking_url_id = any(${trackingUrlIds}::uuid[]) and not machine group by 1`.execute(db)
  return new Map(trackingUrlIds.map((id) => {
    const { clicked = 0, clicks = 0 } = rows.find((row) => row.id === id) ?? {}
    return [id, { clicked, clicks }]
  }))
}
