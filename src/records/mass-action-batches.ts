/** The records of a mass action, written down in batches when it starts, each done once: in the transaction of its mark. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { readWithin, tooLate } from '../listing/deadline.ts'
import { conditionOf } from '../listing/query.ts'
import type { Db, Tx } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import type { Selection } from './contract.ts'
import type { EntityType } from './definition.ts'
import { readableList } from './record-list.ts'
import { listContext } from './records.ts'

/** What was done, by its name: `{deleted: 3}`. */
export type Counts = Record<string, number>

/** More than this runs in the background. */
export const atOnce = 1_000
const batchSize = 2_000

/** Of whom a request is about, and how long it may look for them. */
export type Settling = { type: EntityType; selection: Selection; now: Date; actor: Actor; patienceMs: number }

/** The ids when they are few enough to be dealt with at once, else null; also when they are not found in time. */
export async function selectedAtOnce(db: Db, { type, selection, now, actor, patienceMs }: Settling): Promise<string[] | null> {
  if ('ids' in selection) return fewOf(idsOf(selection.ids))
  const condition = await matching(db, type, selection, now, actor)
  const found = await readWithin(db, patienceMs, (reading) => sql<{ id: string }>`${condition} limit ${atOnce + 1}`.execute(reading))
  return found === tooLate ? null : fewOf(found.rows.map(({ id }) => id))
}

const fewOf = (ids: string[]) => (ids.length <= atOnce ? ids : null)

/** Answers how many there are. Two workers at it wait for each other; the second finds it done. */
export async function freezeSelection(tx: Db, taskId: string, { type, selection, now, actor }: Omit<Settling, 'patienceMs'>): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${taskId}, 0))`.execute(tx)
  const before = await countsSoFar(tx, taskId)
  if (before.total > 0) return before.total
  const chosen = 'ids' in selection ? sql`select unnest(${idsOf(selection.ids)}::uuid[]) as id` : await matching(tx, type, selection, now, actor)
  const { rows } = await sql<{ total: number }>`
    with batch as (
      insert into mass_action_batch (task_id, number, ids, size)
      select ${taskId}::uuid, number, array_agg(id order by id), count(*)
        from (select id, (row_number() over (order by id) - 1) / ${batchSize} as number from (${chosen}) chosen) numbered
       group by number returning size)
    select coalesce(sum(size), 0)::bigint as total from batch`.execute(tx)
  return rows[0]!.total
}

const idsOf = (ids: readonly string[]) => [...new Set(ids.filter(isId).map((id) => id.toLowerCase()))]

async function matching(db: Db, type: EntityType, selection: Exclude<Selection, { ids: string[] }>, now: Date, actor: Actor) {
  const listable = readableList(type, actor)
  return sql`select r.id from ${listable.from} where ${conditionOf(listable, selection, await listContext(db, now))}`
}

/** What the batches that are done add up to. */
export async function countsSoFar(db: Db, taskId: string): Promise<{ done: number; total: number; counts: Counts }> {
  const { rows } = await sql<{ done: number; total: number; counts: Counts }>`
    select coalesce(sum(size) filter (where counts is not null), 0)::bigint as done, coalesce(sum(size), 0)::bigint as total,
           coalesce((select jsonb_object_agg(name, count) from (
             select e.key as name, sum(e.value::bigint) as count
               from mass_action_batch b, jsonb_each_text(b.counts) e where b.task_id = ${taskId} group by e.key) sums), '{}') as counts
      from mass_action_batch where task_id = ${taskId}`.execute(db)
  return rows[0]!
}

/** One batch, to be done in a transaction that locks it first and marks it at its end: both are there then, work and mark, or neither. */
export type FrozenBatch = Marking & { number: number; ids: string[] }
export type Marking = {
  /** Answers false when another worker has done it meanwhile; one that is at it is waited for. */
  lock(tx: Tx): Promise<boolean>
  mark(tx: Tx, counts: Counts): Promise<void>
}

/** The first one that is not done; those up to `last` are known to be. */
export async function nextBatch(db: Db, taskId: string, last: number): Promise<FrozenBatch | undefined> {
  const open = (on: Db) => on.selectFrom('massActionBatch').select(['number', 'ids']).where('taskId', '=', taskId).where('counts', 'is', null)
  const next = await open(db).where('number', '>', last).orderBy('number').limit(1).executeTakeFirst()
  return next && {
    ...next,
    lock: async (tx) => await open(tx).where('number', '=', next.number).forUpdate().executeTakeFirst() !== undefined,
    mark: async (tx, counts) => {
      await tx.updateTable('massActionBatch').set({ counts: JSON.stringify(counts) })
        .where('taskId', '=', taskId).where('number', '=', next.number).execute()
    },
  }
}

/** Clean Up: the ids behind tasks that are over. */
export async function forgetDoneBatches(db: Db): Promise<void> {
  await sql`delete from mass_action_batch b where not exists (select from task t where t.id = b.task_id and t.status in ('queued', 'running'))`.execute(db)
}
