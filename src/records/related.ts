/** Records that a record is related to, by the name of the relationship at its end: a page of them, more of them, fewer. */
import { type RawBuilder, sql } from 'kysely'
import { type Actor, mayNot } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { listPage } from '../listing/list.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { AppError, invalid, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { EntityType } from './definition.ts'
import { readableList } from './record-list.ts'
import { type End, findEnd, linkOf, pairColumns } from './relationship-end.ts'
import { expectMayDo, expectMayList, listContext } from './records.ts'
import { existingIds, updateRecords } from './store.ts'
import { expectMayWrite } from './user-rules.ts'

type Place = { id: string; related: string }
type Writing = { actor: Actor; now: Date }

function endNamed(type: EntityType, name: string): End {
  const end = findEnd(type, name)
  if (end === 'targetLists') throw new AppError('conflict', 'targetLists', `Target lists of a record are at /${type.slug}/ID/target-lists, their members at /target-lists/ID/members.`)
  if (!end) throw notFound(`relationship of ${type.name}`, name)
  return end
}

/** Only those that may be read. */
export async function listRelated(db: Db, type: EntityType, { id, related }: Place, query: ListQuery, { actor, now }: Writing) {
  const end = endNamed(type, related)
  await expectMayDo(db, type, id, actor, 'read')
  expectMayList(end.other, actor)
  const list = readableList(end.other, actor)
  return listPage(db, { ...list, where: sql<boolean>`(${isRelated(end, type, id)} and ${list.where ?? sql`true`})` }, query, await listContext(db, now))
}

/** Over the row `r` of the other type. */
function isRelated({ relationship, here, other, holder }: End, type: EntityType, id: string): RawBuilder<boolean> {
  if (holder === here) return sql<boolean>`r.id = (select h.${sql.id(linkOf(type, relationship, here))} from ${sql.table(type.table)} h where h.id = ${id}::uuid)`
  if (holder) return sql<boolean>`r.${sql.id(linkOf(other, relationship, holder))} = ${id}::uuid`
  const { mine, theirs } = pairColumns(here)
  return sql<boolean>`exists (select from ${sql.table(relationship.joinTable!)} p where p.${mine} = ${id}::uuid and p.${theirs} = r.id)`
}

export async function addRelated(db: Db, type: EntityType, place: Place, ids: readonly string[], writing: Writing): Promise<{ added: number; alreadyThere: number }> {
  const { end, known } = await expectAll(db, type, place, ids, writing)
  const added = end.holder ? await setLink(db, end, place.id, known, writing) : await addPairs(db, end, place.id, known)
  return { added, alreadyThere: known.length - added }
}

export async function removeRelated(db: Db, type: EntityType, place: Place, ids: readonly string[], writing: Writing): Promise<{ removed: number }> {
  const { end, known } = await expectAll(db, type, place, ids, writing)
  return { removed: end.holder ? await clearLink(db, end, place.id, known, writing) : await removePairs(db, end, place.id, known) }
}

async function expectAll(db: Db, type: EntityType, { id, related }: Place, ids: readonly string[], { actor }: Writing): Promise<{ end: End; known: string[] }> {
  const end = endNamed(type, related)
  expectMayWrite(type, actor)
  expectMayWrite(end.other, actor)
  await expectMayDo(db, type, id, actor, 'edit')
  if (end.holder === end.here) throw new AppError('conflict', 'oneOnly', `A record has one ${related}: set ${related}Id of the record itself.`)
  const wanted = [...new Set(ids.map((each) => each.toLowerCase()))]
  const known = await existingIds(db, end.other.table, wanted.filter(isId), allowed(actor, end.other.name, 'read'))
  const missing = wanted.filter((each) => !known.has(each))
  if (missing.length > 0) throw invalid([{ path: 'ids', message: `There is no ${end.other.name} ${missing.join(', ').slice(0, 200)}.` }])
  // A link is a field of the others: it is they who change.
  const mine = end.holder ? await existingIds(db, end.other.table, wanted, allowed(actor, end.other.name, 'edit')) : known
  if (mine.size < wanted.length) throw mayNot(end.other.name, 'edit')
  return { end, known: wanted }
}

async function setLink(db: Db, { relationship, other, holder }: End, id: string, ids: readonly string[], { actor, now }: Writing): Promise<number> {
  const column = linkOf(other, relationship, holder!)
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(other.table)} where id = any(${ids}::uuid[]) and ${sql.id(column)} is distinct from ${id}::uuid`.execute(db)
  return updateRecords(db, other, rows.map((row) => row.id), { [column]: id }, { userId: actor.userId, now })
}

async function clearLink(db: Db, { relationship, other, holder }: End, id: string, ids: readonly string[], { actor, now }: Writing): Promise<number> {
  const column = linkOf(other, relationship, holder!)
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(other.table)} where id = any(${ids}::uuid[]) and ${sql.id(column)} = ${id}::uuid`.execute(db)
  return updateRecords(db, other, rows.map((row) => row.id), { [column]: null }, { userId: actor.userId, now })
}

async function addPairs(db: Db, { relationship, here }: End, id: string, ids: readonly string[]): Promise<number> {
  const { mine, theirs } = pairColumns(here)
  const { numAffectedRows } = await sql`
    insert into ${sql.table(relationship.joinTable!)} (${mine}, ${theirs})
    select ${id}::uuid, other from unnest(${ids}::uuid[]) as v (other) order by 2 on conflict do nothing`.execute(db)
  return Number(numAffectedRows ?? 0)
}

async function removePairs(db: Db, { relationship, here }: End, id: string, ids: readonly string[]): Promise<number> {
  const { mine, theirs } = pairColumns(here)
  const { numAffectedRows } = await sql`
    delete from ${sql.table(relationship.joinTable!)} where ${mine} = ${id}::uuid and ${theirs} = any(${ids}::uuid[])`.execute(db)
  return Number(numAffectedRows ?? 0)
}
