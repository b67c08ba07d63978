/** What each run did: written down, the latest hundred of a list kept, shown. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { listPage, readItems } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { newId } from '../platform/id.ts'
import { syncOutcomes, syncReasons } from './codes.ts'
import type { SyncRun } from './contract.ts'
import type { Asking, Outcome, Sync } from './sync.ts'

const keptRuns = 100

/** A run that changed nothing, like the one before it, counts with that one: a mass email that is held tries every minute. */
export async function writeRun(tx: Tx, { targetListId, runAs }: Sync, asking: Asking, outcome: Outcome): Promise<void> {
  if (outcome.added + outcome.removed === 0 && (await countWithLast(tx, targetListId, asking, outcome))) return
  const { now, why, byUserId = null, massEmailId = null } = asking
  await tx.insertInto('reportSyncRun').values({ id: newId(), targetListId, since: now, at: now, why, byUserId, runAs, massEmailId, ...outcome }).execute()
  await sql`
    delete from report_sync_run where target_list_id = ${targetListId}::uuid
       and id in (select id from report_sync_run where target_list_id = ${targetListId}::uuid order by at desc, id desc offset ${keptRuns})`.execute(tx)
}

async function countWithLast(tx: Tx, targetListId: string, { why, massEmailId = null, now }: Asking, { outcome, error, leaving, members }: Outcome): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update report_sync_run set at = ${now}, times = times + 1, leaving = ${leaving}, members = ${members}
     where id = (select id from report_sync_run where target_list_id = ${targetListId}::uuid order by at desc, id desc limit 1)
       and why = ${why} and why <> 'hand' and outcome = ${outcome} and error is not distinct from ${error} and mass_email_id is not distinct from ${massEmailId}::uuid
       and added = 0 and removed = 0`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}

/** A mass email is told to who may read its campaign. */
const runsOf = (targetListId: string, actor: Actor): Listable => ({
  from: sql`report_sync_run n left join (
    select m.id, m.name from mass_email m join campaign c on c.id = m.campaign_id where ${allowed(actor, 'Campaign', 'read', 'c')}) e on e.id = n.mass_email_id`,
  where: sql<boolean>`n.target_list_id = ${targetListId}::uuid`,
  id: sql`n.id`,
  columns: {
    id: { type: 'link', sql: sql`n.id`, notNull: true },
    at: { type: 'dateTime', sql: sql`n.at`, notNull: true },
    since: { type: 'dateTime', sql: sql`n.since`, notNull: true },
    times: { type: 'integer', sql: sql`n.times`, notNull: true },
    why: { type: 'enum', sql: sql`n.why`, options: syncReasons },
    byUserName: { type: 'text', sql: sql`(select name from "user" where id = n.by_user_id)` },
    runAsName: { type: 'text', sql: sql`(select name from "user" where id = n.run_as)` },
    massEmailId: { type: 'link', sql: sql`e.id` },
    massEmailName: { type: 'text', sql: sql`e.name` },
    outcome: { type: 'enum', sql: sql`n.outcome`, options: syncOutcomes },
    added: { type: 'integer', sql: sql`n.added`, notNull: true },
    removed: { type: 'integer', sql: sql`n.removed`, notNull: true },
    leaving: { type: 'integer', sql: sql`n.leaving`, notNull: true },
    members: { type: 'integer', sql: sql`n.members`, notNull: true },
    error: { type: 'text', sql: sql`n.error` },
  },
  search: [sql`coalesce(n.error, '')`],
  defaultSort: '-at',
})

export async function runsPage(db: Db, actor: Actor, targetListId: string, query: Partial<ListQuery>, context: ListContext) {
  const page = await listPage(db, runsOf(targetListId, actor), query, context)
  return { ...page, items: page.items as (Partial<SyncRun> & { id: string })[] }
}

export async function lastRunOf(db: Db, actor: Actor, targetListId: string): Promise<SyncRun | null> {
  const last = sql<boolean>`n.id = (select id from report_sync_run where target_list_id = ${targetListId}::uuid order by at desc, id desc limit 1)`
  return ((await readItems(db, runsOf(targetListId, actor), last))[0] as SyncRun | undefined) ?? null
}
