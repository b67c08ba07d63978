/** Records of any entity type, one by one: list, read, create, change, delete. What holds for Contact holds for every type. */
import { sql } from 'kysely'
import { type Actor, expectMayCreate, expectSome } from '../access/actor.ts'
import type { Action } from '../access/rights.ts'
import { allowed, expectAllowed } from '../access/row-rights.ts'
import { countSelected, type Item, listPage, readItems } from '../listing/list.ts'
import type { Selection } from '../listing/query.ts'
import type { ListContext } from '../listing/listable.ts'
import { mergedInto } from '../bin/kept.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { AppError, type Fault, invalid, notFound, sqlState } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { readGeneral } from '../settings/settings.ts'
import { columnOf, type EntityType, keyOf } from './definition.ts'
import { linkTableOf, mayLinkTo } from './link-targets.ts'
import { readableList } from './record-list.ts'
import { type LinkUse, readValues } from './record-values.ts'
import { uniqueIndexOf } from './storage-names.ts'
import { addressIsTaken, deleteRecords, existingIds, insertRecords, updateRecords } from './store.ts'
import { afterUserWrite, expectMayWrite, isUserType, keepingAnAdministrator, takePassword, userRights } from './user-rules.ts'

/** A record as the API answers it. `warnings` stands only in the answer to a write that deserves one. */
export type RecordAnswer = Item & { id: string; warnings?: Fault[] }

type Writing = { actor: Actor; now: Date }
/** Called with the stored version while the row is locked: throws when the change rests on an older one. */
type Expecting = { expectVersion(version: number): void }

/** Now and the instance's time zone: what filters with days in them need. */
export async function listContext(db: Db, now: Date): Promise<ListContext> {
  return { now, timeZone: (await readGeneral(db)).timeZone }
}

export async function listRecords(db: Db, type: EntityType, query: ListQuery, now: Date, actor: Actor) {
  expectMayList(type, actor)
  return listPage(db, readableList(type, actor), query, await listContext(db, now))
}

export async function countRecords(db: Db, type: EntityType, selection: Selection, now: Date, actor: Actor) {
  expectMayList(type, actor)
  return countSelected(db, readableList(type, actor), selection, await listContext(db, now))
}

/** Everybody may ask for users: he finds at least himself. */
export function expectMayList(type: EntityType, actor: Actor): void {
  if (!isUserType(type)) expectSome(actor, type.name, 'read')
}

/** What may not be read looks as if it were not there. */
export async function readRecord(db: Db, type: EntityType, id: string, actor: Actor): Promise<RecordAnswer> {
  const [record] = isId(id) ? await readItems(db, readableList(type, actor), sql<boolean>`r.id = ${id}`) : []
  if (!record) throw await notThere(db, type, id, actor)
  return record as RecordAnswer
}

/** What was just written is answered to whoever wrote it, also where he may not read it any more: he gave it away. */
export async function readWritten(db: Db, type: EntityType, id: string, actor: Actor): Promise<RecordAnswer> {
  const { where: _, ...all } = readableList(type, actor)
  const [record] = await readItems(db, all, sql<boolean>`r.id = ${id}`)
  if (!record) throw notFound(nounOf(type), id)
  return record as RecordAnswer
}

export async function createRecord(db: Db, type: EntityType, values: Record<string, unknown>, { actor, now }: Writing): Promise<RecordAnswer> {
  expectMayWrite(type, actor)
  expectMayCreate(actor, type.name)
  const { stored, warnings, password } = await checked(db, type, values, { creating: true, actor })
  if (!('assigned_user_id' in stored)) stored.assigned_user_id = actor.userId
  if (await addressIsTaken(db, type, stored.email_address ?? '', allowed(actor, type.name, 'read'))) {
    warnings.push({ path: 'emailAddress', message: `Another ${nounOf(type)} has this address.` })
  }
  const id = await refusingClashes(type, () => db.transaction().execute(async (tx) => {
    const [created] = await insertRecords(tx, type, [stored], { userId: actor.userId, now })
    await afterUserWrite(tx, type, actor, 'userCreated', { id: created!, name: stored.user_name ?? '' }, { password })
    return created!
  }))
  return withWarnings(await readWritten(db, type, id, actor), warnings)
}

export async function changeRecord(
  db: Db, type: EntityType, id: string, values: Record<string, unknown>, { actor, now, expectVersion }: Writing & Expecting,
): Promise<RecordAnswer> {
  expectMayWrite(type, actor)
  await expectMayDo(db, type, id, actor, 'edit')
  const { stored, warnings, password } = await checked(db, type, values, { creating: false, actor, id })
  await refusingClashes(type, () => keepingAnAdministrator(db, type, async (tx) => {
    const before = await lockRecord(tx, type, id, actor, 'edit')
    expectVersion(before.version)
    if (Object.keys(stored).length === 0 && password === undefined) return
    const rights = await userRights(tx, type, id)
    await updateRecords(tx, type, [id], stored, { userId: actor.userId, now })
    await afterUserWrite(tx, type, actor, 'userChanged', before, { before: rights, password })
  }))
  return withWarnings(await readWritten(db, type, id, actor), warnings)
}

export async function deleteRecord(db: Db, type: EntityType, id: string, { actor, now, expectVersion }: Writing & Expecting): Promise<void> {
  expectMayWrite(type, actor)
  await refusingClashes(type, () => keepingAnAdministrator(db, type, async (tx) => {
    const before = await lockRecord(tx, type, id, actor, 'delete')
    expectVersion(before.version)
    await deleteRecords(tx, type, [id], { id: newId(), kind: 'delete', userId: actor.userId, now })
    await afterUserWrite(tx, type, actor, 'userDeleted', before)
  }))
}

/** Where it was merged into another record that the actor may read, that one is named. */
async function notThere(db: Db, type: EntityType, id: string, actor: Actor): Promise<AppError> {
  const mergedIntoId = isId(id) ? await mergedInto(db, id) : null
  const readable = mergedIntoId !== null && (await existingIds(db, type.table, [mergedIntoId], allowed(actor, type.name, 'read'))).size > 0
  if (!readable) return notFound(nounOf(type), id)
  const code = notFound(nounOf(type), id).code
  return new AppError('notFound', code, `This ${nounOf(type)} was merged into another one.`, { mergedIntoId })
}

/** Reads and checks a whole record's values, links too; throws 400 with every fault. `id`: of the record that is changed. */
export async function checked(db: Db, type: EntityType, values: Record<string, unknown>, about: { creating: boolean; actor: Actor; id?: string }) {
  const { rest, password, faults: passwordFaults } = takePassword(type, values)
  const { stored, faults, warnings, links } = readValues(type, rest, about)
  const dead = await deadLinks(db, links, about.actor)
  const all = [...faults, ...passwordFaults, ...(dead.length > 0 && about.id ? await deadLinks(db, links, about.actor, await keptIds(db, type, about.id, links)) : dead)]
  if (all.length > 0) throw invalid(all)
  return { stored, warnings, password }
}

type KeptIds = ReadonlyMap<string, ReadonlySet<string>>

/** A fault for each link that leads nowhere, or to what the actor may not read: one look-up per linked type. What it has already (`kept`) stays. */
export async function deadLinks(db: Db, links: readonly LinkUse[], actor: Actor, kept: KeptIds = new Map()): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const linksTo of new Set(links.map((link) => link.linksTo))) {
    const uses = links.filter((link) => link.linksTo === linksTo)
    const existing = await linkedIds(db, linksTo, uses.flatMap(({ ids }) => ids), actor)
    for (const { path, ids } of uses) {
      const missing = ids.filter((id) => !existing.has(id.toLowerCase()) && !kept.get(path)?.has(id.toLowerCase()))
      if (missing.length > 0) faults.push({ path, message: `There is no ${linksTo} ${missing.join(', ').slice(0, 200)}.` })
    }
  }
  return faults
}

async function linkedIds(db: Db, linksTo: string, ids: string[], actor: Actor): Promise<Set<string>> {
  const table = linkTableOf(linksTo)
  const possible = [...new Set(ids)].filter(isId)
  return table === undefined || possible.length === 0 ? new Set() : existingIds(db, table, possible, mayLinkTo(actor, linksTo))
}

/** Where its links lead now. One that stays as it is may lead to what somebody else put there, or to what is gone. */
async function keptIds(db: Db, type: EntityType, id: string, links: readonly LinkUse[]): Promise<KeptIds> {
  const columns = new Map(type.fields.map((field) => [keyOf(field), columnOf(field)]))
  const asked = links.map(({ path }) => path).filter((path) => columns.has(path))
  const { rows } = await sql<Record<string, string[] | string | null>>`
    select ${sql.join(asked.map((path, index) => sql`to_jsonb(${sql.id(columns.get(path)!)}) as ${sql.raw(`c${index}`)}`))} from ${sql.table(type.table)} where id = ${id}`.execute(db)
  return new Map(asked.map((path, index) => [path, new Set([rows[0]?.[`c${index}`] ?? []].flat())]))
}

/** Two records may not share a unique value (23505); what others still point at cannot go (23503). */
export async function refusingClashes<T>(type: EntityType, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const state = sqlState(error)
    if (state === '23505') throw notUnique(type, (error as { constraint?: string }).constraint)
    if (state === '23503') throw new AppError('conflict', 'inUse', inUse)
    throw error
  }
}

const inUse = 'Something else still points at this record, so it cannot be deleted. A user can be set inactive instead.'

/** The name of a custom field's index tells which field it was. */
export function notUnique(type: EntityType, index: string | undefined): AppError {
  const all = type.fields.filter((field) => field.unique)
  const one = all.filter((field) => uniqueIndexOf(type.table, columnOf(field)) === index)
  const unique = one.length > 0 ? one : all
  const what = unique.length > 0 ? `this ${unique.map(({ label }) => label).join(' or ')}` : 'a value that is given here'
  const message = `Another ${nounOf(type)} has ${what}, and it must be unique.`
  return new AppError('conflict', 'notUnique', message, { errors: unique.map((field) => ({ path: keyOf(field), message })) })
}

export const nounOf = (type: EntityType): string => type.name.replace(/(?<=[a-z])[A-Z]/g, ' $&').toLowerCase()

/** Throws 404 for a record that may not be read, 403 for one that may be read and no more. */
export const expectMayDo = (db: Db, type: EntityType, id: string, actor: Actor, action: Action) =>
  expectAllowed(db, actor, type.name, action, { from: sql`${sql.table(type.table)} r`, where: sql`r.id = ${id}`, noun: nounOf(type), id })

async function lockRecord(tx: Tx, type: EntityType, id: string, actor: Actor, action: Action): Promise<{ id: string; version: number; name: string }> {
  if (!isId(id)) throw notFound(nounOf(type), id)
  const { rows } = await sql<{ id: string; version: number; name: string }>`
    select id, version, name from ${sql.table(type.table)} where id = ${id} for update`.execute(tx)
  if (!rows[0]) throw notFound(nounOf(type), id)
  await expectMayDo(tx, type, id, actor, action)
  return rows[0]
}

const withWarnings = (record: RecordAnswer, warnings: Fault[]): RecordAnswer => (warnings.length > 0 ? { ...record, warnings } : record)
