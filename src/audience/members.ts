/** Who is in a target list: adding and removing records, one statement for many; more than a thousand in the background. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { withPresentRights } from '../access/actors.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import { countSelected } from '../listing/list.ts'
import type { ListContext } from '../listing/listable.ts'
import { conditionOf } from '../listing/query.ts'
import type { Db, Tx } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import { EndedEarly, enqueueTask, type Task, type TaskContext } from '../platform/task.ts'
import type { EntityType } from '../records/definition.ts'
import { findDefinition } from '../records/entity-types.ts'
import { readableList } from '../records/record-list.ts'
import { existingIds } from '../records/store.ts'
import type { MemberSource } from './codes.ts'
import { targetListNamed } from './target-lists.ts'

export type Added = { added: number; alreadyThere: number }

/** Which records of one type: named ones, or all that a filter finds. */
export type RecordSelection = { entityType: string; ids: string[] } | { entityType: string; filter: unknown; q?: string | undefined }

/**
 * `members` is a SELECT of (entity_type, record_id) of records that exist. Whoever is there already stays as it is; only whom a report had brought
 * is a member for the new reason from now on, and stays when the report names that person no more.
 */
export async function addMembers(
  db: Db, list: { targetListId: string; source: MemberSource; addedBy?: string | null }, members: RawBuilder<unknown>, now: Date,
): Promise<Added> {
  const { rows } = await sql<{ found: number; added: number }>`
    with found as (${members}), added as (
      insert into target_list_member (target_list_id, entity_type, record_id, source, added_by, added_at)
      -- In one order for all, so that two of them never wait for each other in a circle.
      select distinct ${list.targetListId}::uuid, entity_type, record_id, ${list.source}, ${list.addedBy ?? null}::uuid, ${now}::timestamptz from found
       order by entity_type, record_id
          on conflict do nothing returning 1),
    kept as (
      update target_list_member m set source = ${list.source}, added_by = ${list.addedBy ?? null}::uuid
        from found f, lateral (
             -- Row by row, and without waiting for a mirror that takes somebody out in this moment: it may wait for what was added above.
             select t.entity_type, t.record_id from target_list_member t
              where t.target_list_id = ${list.targetListId}::uuid and t.entity_type = f.entity_type and t.record_id = f.record_id
                and t.source = 'report' and ${list.source} <> 'report' for update skip locked) k
       where m.target_list_id = ${list.targetListId}::uuid and m.entity_type = k.entity_type and m.record_id = k.record_id)
    select (select count(distinct (entity_type, record_id)) from found) as found, (select count(*) from added) as added`.execute(db)
  const { found, added } = rows[0]!
  return { added, alreadyThere: found - added }
}

/** Records by id, as `addMembers` wants them; what does not exist, or what a given actor may not read, is left out. */
export function recordsById(entityType: string, ids: readonly string[], actor?: Actor): RawBuilder<unknown> {
  const { table } = typeNamed(entityType)
  return sql`
    select ${entityType}::text as entity_type, r.id as record_id from ${sql.table(table)} r where r.id = any(${ids}::uuid[]) and ${actor ? allowed(actor, entityType, 'read') : sql`true`}`
}

/** The same for removing; answers how many were in the list. */
export async function removePeople(db: Db, targetListId: string, members: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from target_list_member m using (select distinct entity_type, record_id from (${members}) people) p
     where m.target_list_id = ${targetListId}::uuid and m.entity_type = p.entity_type and m.record_id = p.record_id`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** By id. */
export async function removeMembers(db: Db, targetListId: string, entityType: string, ids: readonly string[]): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('targetListMember')
    .where('targetListId', '=', targetListId).where('entityType', '=', entityType)
    .where(sql<boolean>`record_id = any(${ids}::uuid[])`).executeTakeFirst()
  return Number(numDeletedRows)
}

/** All of a table that goes for good. */
export async function forgetMembersOf(tx: Tx, table: string): Promise<void> {
  await sql`delete from target_list_member m using ${sql.table(table)} r where m.record_id = r.id`.execute(tx)
}

/** Up to here an answer waits for the work; above it a task does it. */
export const atOnce = 1_000
const batchSize = 5_000

type Change = { list: { id: string; name: string }; selection: RecordSelection; source: MemberSource }

export async function addSelected(db: Db, actor: Actor, change: Change, context: ListContext): Promise<Added | { task: Task }> {
  typeNamed(change.selection.entityType)
  const few = await fewOf(db, actor, change.selection, context)
  if (!few) return { task: await inBackground(db, actor, 'addToTargetList', `Adding to ${change.list.name}`, change, context) }
  const { list, selection, source } = change
  return addMembers(db, { targetListId: list.id, source, addedBy: actor.userId }, recordsById(selection.entityType, few, actor), context.now)
}

export async function removeSelected(db: Db, actor: Actor, change: Change, context: ListContext): Promise<{ removed: number } | { task: Task }> {
  const few = await fewOf(db, actor, change.selection, context)
  if (!few) return { task: await inBackground(db, actor, 'removeFromTargetList', `Removing from ${change.list.name}`, change, context) }
  return { removed: await removeMembers(db, change.list.id, change.selection.entityType, await readableIds(db, actor, change.selection.entityType, few)) }
}

function inBackground(db: Db, actor: Actor, kind: string, title: string, { list, selection, source }: Change, { now, timeZone }: ListContext): Promise<Task> {
  const input: TaskInput = { targetListId: list.id, selection, source, actor, now: now.toISOString(), timeZone }
  return enqueueTask(db, { kind, title, input, createdBy: actor.userId, resumable: true })
}

/** The ids when they are few enough to be dealt with at once, else null. */
async function fewOf(db: Db, actor: Actor, selection: RecordSelection, context: ListContext): Promise<string[] | null> {
  if ('ids' in selection) return selection.ids.length <= atOnce ? selection.ids : null
  const { rows } = await selectedAfter(selection, actor, null, atOnce + 1, context).execute(db)
  return rows.length <= atOnce ? rows.map(({ id }) => id) : null
}

/** `now` and `timeZone` are those of whoever asked: "today" in a filter means that person's day. */
type TaskInput = { targetListId: string; selection: RecordSelection; source: MemberSource; actor: Actor; now: string; timeZone: string }

export const addToTargetList = async (task: TaskContext, input: TaskInput) => {
  const { targetListId, selection, source } = input
  const sum = { added: 0, alreadyThere: 0 }
  await inBatches(task, input, sum, async (ids, actor) => {
    const { added, alreadyThere } = await addMembers(
      task.db, { targetListId, source, addedBy: actor.userId }, recordsById(selection.entityType, ids, actor), task.clock())
    sum.added += added
    sum.alreadyThere += alreadyThere
  })
  return sum
}

export const removeFromTargetList = async (task: TaskContext, input: TaskInput) => {
  const { targetListId, selection } = input
  const sum = { removed: 0 }
  await inBatches(task, input, sum, async (ids, actor) => {
    sum.removed += await removeMembers(task.db, targetListId, selection.entityType, await readableIds(task.db, actor, selection.entityType, ids))
  })
  return sum
}

/**
 * Goes by id, so that what is added or removed meanwhile moves nothing: nobody is left out or taken twice. After a stop it begins anew, which
 * changes nothing for those who were met. `sum` is what `work` adds to.
 */
async function inBatches(
  { db, signal, progress }: TaskContext, { targetListId, selection, now, timeZone, ...input }: TaskInput, sum: object, work: (ids: string[], actor: Actor) => Promise<void>,
) {
  const context = { now: new Date(now), timeZone }
  const total = 'ids' in selection ? selection.ids.length : (await countSelected(db, recordListOf(selection.entityType, await withPresentRights(db, input.actor)), selection, context)).total
  for (let done = 0, last: string | null = null; ;) {
    if (signal.aborted) throw new EndedEarly('stopped', `Stopped after ${done} of ${total}. What was done stays done.`, sum)
    // Whoever lost a right meanwhile, or the list, does not go on with it.
    const actor = await withPresentRights(db, input.actor)
    await targetListNamed(db, actor, targetListId, 'edit')
    const ids: string[] = 'ids' in selection
      ? selection.ids.slice(done, done + batchSize)
      : (await selectedAfter(selection, actor, last, batchSize, context).execute(db)).rows.map(({ id }) => id)
    if (ids.length === 0) return
    await work(ids, actor)
    done += ids.length
    last = ids.at(-1)!
    await progress(done, total)
  }
}

/** The ids of a selection as a SELECT, to be part of one statement over all of them; only of records that may be read. */
export function selectedIds(selection: RecordSelection, actor: Actor, context: ListContext): RawBuilder<unknown> {
  const { table } = memberTypeNamed(selection.entityType)
  if ('ids' in selection) return sql`select r.id from ${sql.table(table)} r where r.id = any(${selection.ids}::uuid[]) and ${allowed(actor, selection.entityType, 'read')}`
  const listable = recordListOf(selection.entityType, actor)
  return sql`select ${listable.id} as id from ${listable.from} where ${conditionOf(listable, selection, context)}`
}

/** The next records that the filter finds, by id. */
function selectedAfter(selection: Extract<RecordSelection, { filter: unknown }>, actor: Actor, after: string | null, limit: number, context: ListContext) {
  const listable = recordListOf(selection.entityType, actor)
  return sql<{ id: string }>`
    select ${listable.id} as id from ${listable.from}
     where ${conditionOf(listable, selection, context)} ${after === null ? sql`` : sql`and ${listable.id} > ${after}::uuid`}
     order by ${listable.id} limit ${limit}`
}

const recordListOf = (entityType: string, actor: Actor) => readableList(memberTypeNamed(entityType), actor)

const readableIds = async (db: Db, actor: Actor, entityType: string, ids: readonly string[]): Promise<string[]> =>
  reachesAll(actor, entityType, 'read') ? [...ids] : [...await existingIds(db, memberTypeNamed(entityType).table, ids, allowed(actor, entityType, 'read'))]

/** The mailable type of that name, or 400. */
function typeNamed(entityType: string): EntityType {
  const type = memberTypeNamed(entityType)
  if (!type.mailable) throw notTaken(entityType)
  return type
}

/** The same for what is in lists already: a type that is mailable no longer has members, who can be found, removed and opted out. */
export function memberTypeNamed(entityType: string): EntityType {
  const type = findDefinition(entityType)
  if (!type || type.baseType === 'base') throw notTaken(entityType)
  return type
}

const notTaken = (entityType: string) => invalid([{ path: 'entityType', message: `${entityType} is not an entity type that target lists take.` }])
