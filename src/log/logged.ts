/** How many entries the log has, from the figures: for the filter chips and the total of a log of millions. Only what the figures tell apart can be asked. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import type { LogSelection } from './contract.ts'
import { type Action, actions, loggedMetric } from './entry.ts'

/** By action; undefined when the log itself has to be counted. The action of the selection is left out, as the chips do. */
export async function loggedByAction(db: Db, campaignId: string, selection: LogSelection): Promise<Record<Action, number> | undefined> {
  const { action: _, massEmailId, machine, test, ...others } = selection
  if (Object.values(others).some((value) => value !== undefined && String(value).trim() !== '')) return undefined
  const ids = massEmailId === undefined ? [] : [massEmailId].filter(isId)
  const within = sql`campaign_id = ${campaignId}::uuid ${massEmailId === undefined ? sql`` : sql`and mass_email_id = any(${ids}::uuid[])`} ${machine === undefined ? sql`` : sql`and machine = ${machine}`}`
  const { rows } = await sql<{ metric: string; count: number }>`
    select metric, sum(count)::bigint as count from figure where ${within} and metric like 'logged.%' and ${test !== true} group by metric
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
