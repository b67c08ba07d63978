/** How many entries the log has, from the figures: for the filter chips and the total of a log of millions. Only what the figures tell apart can be asked. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import type { LogSelection } from './contract.ts'
import { type Action, actions, loggedMetric } from './entry.ts'

/** By action; undefined when the log itself has to be counted. The action of the selection is left out, as the chips do. */
export async function loggedByAction(db: Db, campaignId: string, selection: LogSelection): Promise<Record<Action, number> | undefined> {
  const { action: _, massEmailId, trackingUrlId, machine, test, ...others } = selection
  if (Object.values(others).some((value) => value !== undefined && String(value).trim() !== '')) return undefined
  const same = (column: string, id: string | undefined) => (id === undefined ? sql`` : sql`and ${sql.ref(column)} = any(${[id].filter(isId)}::uuid[])`)
  const within = sql`campaign_id = ${campaignId}::uuid ${same('mass_email_id', massEmailId)} ${same('tracking_url_id', trackingUrlId)} ${machine === undefined ? sql`` : sql`and machine = ${machine}`}`
  // Of a link there is one entry for each delivery and kind of visitor that clicked on it, which is what its figure counts.
  const [metric, counted] = trackingUrlId === undefined ? [sql`metric`, sql`metric like 'logged.%'`] : [sql`'logged.clicked'`, sql`metric = 'clicked'`]
  const { rows } = await sql<{ metric: string; count: number }>`
    select ${metric} as metric, sum(count)::bigint as count from figure where ${within} and ${counted} and ${test !== true} group by 1
    union all
    -- Tests are few, and have an index of their own.
    select 'logged.' || action, count(*) from log_entry where ${within} and test and ${test !== false} group by action`.execute(db)
  const counts = Object.fromEntries(actions.map((action) => [action, 0])) as Record<Action, number>
  for (const action of actions) counts[action] = rows.filter(({ metric }) => metric === loggedMetric(action)).reduce((sum, { count }) => sum + count, 0)
  return counts
}

/** Of all the actions that the selection lets through. */
export async function loggedInAll(db: Db, campaignId: string, selection: LogSelection): Promise<number | undefined> {
  const counts = await loggedByAction(db, campaignId, selection)
  return counts && (selection.action ?? actions).map((action) => counts[action]).reduce((sum, count) => sum + count, 0)
}
