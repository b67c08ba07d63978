/** Records of any entity type, one by one: list, read, create, change, delete. What holds for Contact holds for every type. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { countSelected, type Item, listPage, readItems } from '../listing/list.ts'
import type { Selection } from '../listing/query.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { AppError, type Fault, invalid, notFound, sqlState } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { readGeneral } from '../settings/settings.ts'
import { columnOf, type EntityType, keyOf } from './definition.ts'
import { findDefinition } from './entity-types.ts'
import { listableOf } from './record-list.ts'
import { type LinkUse, readValues } from './record-values.ts'
import { uniqueIndexOf } from './storage-names.ts'
import { addressIsTaken, deleteRecords, existingIds, insertRecords, updateRecords } from './store.ts'
import { afterUserWrite, expectMayWrite, keepingAnAdministrator, takePassword } from './user-rules.ts'

/** A record as the API answers it. `warnings` stands only in the answer to a write that deserves one. */
export type RecordAnswer = Item & { id: string; warnings?: Fault[] }

type Writing = { actor: Actor; now: Date }
/** Called with the stored version while the row is locked: throws when the change rests on an older one. */
type Expecting = { expectVersion(version: number): void }

/** Now and the instance's time zone: what filters with days in them need. */
export async function listContext(db: Db, now: Date): Promise<ListContext> {
  return { now, timeZone: (await readGeneral(db)).timeZone }
}

export const listRecords = async (db: Db, type: EntityType, query: ListQuery, now: Date) =>
  listPage(db, listableOf(type), query, await listContext(db, now))

export const countRecords = async (db: Db, type: EntityType, selection: Selection, now: Date) =>
  countSelected(db, listableOf(type), selection, await listContext(db, now))

export async function readRecord(db: Db, type: EntityType, id: string): Promise<RecordAnswer> {
  const [record] = isId(id) ? await readItems(db, listableOf(type), sql<boolean>`r.id = ${id}`) : []
  if (!record) throw notFound(nounOf(type), id)
  return record as RecordAnswer
}

export async function createRecord(db: Db, type: EntityType, values: Record<string, unknown>, { actor, now }: Writing): Promise<RecordAnswer> {
  expectMayWrite(type, actor)
  const { stored, warnings, password } = await checked(db, type, values, { creating: true })
  if (!('assigned_user_id' in stored)) stored.assigned_user_id = actor.userId
  if (await addressIsTaken(db, type, stored.email_address ?? '')) {
    warnings.push({ path: 'emailAddress', message: `Another ${nounOf(type)} has this address.` })
  }
  const id = await refusingClashes(type, () => db.transaction().execute(async (tx) => {
    const [created] = await insertRecords(tx, type, [stored], { userId: actor.userId, now })
    await afterUserWrite(tx, type, actor, 'userCreated', { id: created!, name: stored.user_name ?? '' }, password)
    return created!
  }))
  return withWarnings(await readRecord(db, type, id), warnings)
}

export async function changeRecord(
  db: Db, type: EntityType, id: string, values: Record<string, unknown>, { actor, now, expectVersion }: Writing & Expecting,
): Promise<RecordAnswer> {
  expectMayWrite(type, actor)
  await expectThere(db, type, id)
  const { stored, warnings, password } = await checked(db, type, values, { creating: false })
  await refusingClashes(type, () => keepingAnAdministrator(db, type, async (tx) => {
    const before = await lockRecord(tx, type, id)
    expectVersion(before.version)
    if (Object.keys(stored).length === 0 && password === undefined) return
    await updateRecords(tx, type, [id], stored, { userId: actor.userId, now })
    await afterUserWrite(tx, type, actor, 'userChanged', before, password)
  }))
  return withWarnings(await readRecord(db, type, id), warnings)
}

export async function deleteRecord(db: Db, type: EntityType, id: string, { actor, now, expectVersion }: Writing & Expecting): Promise<void> {
  expectMayWrite(type, actor)
  await refusingClashes(type, () => keepingAnAdministrator(db, type, async (tx) => {
    const before = await lockRecord(tx, type, id)
    expectVersion(before.version)
    await deleteRecords(tx, type, [id], { id: newId(), kind: 'delete', userId: actor.userId, now })
    await afterUserWrite(tx, type, actor, 'userDeleted', before)
  }))
}

/** Reads and checks a whole record's values, links too; throws 400 with every fault. */
export async function checked(db: Db, type: EntityType, values: Record<string, unknown>, about: { creating: boolean }) {
  const { rest, password, faults: passwordFaults } = takePassword(type, values)
  const { stored, faults, warnings, links } = readValues(type, rest, about)
  const all = [...faults, ...passwordFaults, ...(await deadLinks(db, links))]
  if (all.length > 0) throw invalid(all)
  return { stored, warnings, password }
}

/** A fault for each link that leads nowhere: one look-up per linked type. */
export async function deadLinks(db: Db, links: readonly LinkUse[]): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const linksTo of new Set(links.map((link) => link.linksTo))) {
    const uses = links.filter((link) => link.linksTo === linksTo)
    const existing = await linkedIds(db, linksTo, uses.flatMap(({ ids }) => ids))
    for (const { path, ids } of uses) {
      const missing = ids.filter((id) => !existing.has(id.toLowerCase()))
      if (missing.length > 0) faults.push({ path, message: `There is no ${linksTo} ${missing.join(', ').slice(0, 200)}.` })
    }
  }
  return faults
}

async function linkedIds(db: Db, linksTo: string, ids: string[]): Promise<Set<string>> {
  const table = findDefinition(linksTo)?.table ?? otherTables[linksTo]
  const possible = [...new Set(ids)].filter(isId)
  return table === undefined || possible.length === 0 ? new Set() : existingIds(db, table, possible)
}

/** What records link to, though it is no record. */
const otherTables: Record<string, string> = { Team: 'team', Role: 'role' }

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
function notUnique(type: EntityType, index: string | undefined): AppError {
  const all = type.fields.filter((field) => field.unique)
  const one = all.filter((field) => uniqueIndexOf(type.table, columnOf(field)) === index)
  const unique = one.length > 0 ? one : all
  const message = `Another ${nounOf(type)} has this ${unique.map(({ label }) => label).join(' or ')}, and it must be unique.`
  return new AppError('conflict', 'notUnique', message, { errors: unique.map((field) => ({ path: keyOf(field), message })) })
}

export const nounOf = (type: EntityType): string => type.name.replace(/(?<=[a-z])[A-Z]/g, ' $&').toLowerCase()

export async function expectThere(db: Db, type: EntityType, id: string) {
  if (!isId(id) || !(await existingIds(db, type.table, [id])).has(id.toLowerCase())) throw notFound(nounOf(type), id)
}

async function lockRecord(tx: Tx, type: EntityType, id: string): Promise<{ id: string; version: number; name: string }> {
  if (!isId(id)) throw notFound(nounOf(type), id)
  const { rows } = await sql<{ id: string; version: number; name: string }>`
    select id, version, name from ${sql.table(type.table)} where id = ${id} for update`.execute(tx)
  if (!rows[0]) throw notFound(nounOf(type), id)
  return rows[0]
}

const withWarnings = (record: RecordAnswer, warnings: Fault[]): RecordAnswer => (warnings.length > 0 ? { ...record, warnings } : record)
