/** What becomes of each row of a batch: a new record, a change, a duplicate or a reject. Reads the tables, writes nothing. */
import { type RawBuilder, sql } from 'kysely'
import { allowed, reachesAll } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import { textArray } from '../platform/text-array.ts'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'
import type { Stored } from '../records/field-value.ts'
import { deadLinks } from '../records/records.ts'
import { existingIds } from '../records/store.ts'
import { keyText, type Match, matchOf } from './keys.ts'
import { type NewNames, resolveNames } from './named-links.ts'
import type { ImportPlan } from './plan.ts'
import type { ReadRow } from './row.ts'

/** The record that a row stands for: one that exists, or one that an earlier row makes (its id is known once it is written). */
export type Target = { id: string | null; stored: Stored; isNew: boolean; mayNotChange?: boolean }
export type Judged =
  | { row: ReadRow; outcome: 'created' | 'updated'; target: Target }
  | { row: ReadRow; outcome: 'duplicate'; target: Target; reason: string }
  | { row: ReadRow; outcome: 'rejected'; reason: string }

/** Records that earlier rows have made or found: of this batch, or of the whole file when nothing is written. */
export type Seen = { byKey: Map<string, Target>; byDuplicateKey: Map<string, Target>; byUnique: Map<string, Target> }
export const nothingSeen = (): Seen => ({ byKey: new Map(), byDuplicateKey: new Map(), byUnique: new Map() })

/** `newNames` are records that links name and nobody has: they are to be made before the rows are written. */
export async function judgeRows(db: Db, plan: ImportPlan, rows: readonly ReadRow[], seen: Seen): Promise<{ judged: Judged[]; newNames: NewNames }> {
  const readable = allowed(plan.actor, plan.type.name, 'read')
  await addDeadLinks(db, plan, rows)
  const newNames = await resolveNames(db, plan.actor, rows, plan.settings.missingLinks)
  const good = rows.filter(({ faults }) => faults.length === 0)
  if (plan.updateBy !== null) await lookUp(db, plan.type, matchOf(plan.type, plan.updateBy), good.map(({ key }) => key), seen.byKey, readable)
  if (plan.updateBy !== null) await markForeign(db, plan, seen.byKey)
  if (plan.duplicatesBy) await lookUp(db, plan.type, matchOf(plan.type, plan.duplicatesBy), good.map(({ duplicateKey }) => duplicateKey), seen.byDuplicateKey, readable)
  const unique = plan.type.fields.filter((field) => field.unique)
  for (const field of unique) await lookUpUnique(db, plan.type, field, good, seen)
  return { judged: rows.map((row) => judge(plan, row, seen, unique)), newNames }
}

/** Rows are judged in the order of the file, each seeing what the ones before it did. */
function judge(plan: ImportPlan, row: ReadRow, seen: Seen, unique: Field[]): Judged {
  if (row.faults.length > 0) return rejected(row, row.faults.join(' '))
  const found = row.key === '' ? undefined : seen.byKey.get(row.key)
  const clash = unique.find((field) => isTaken(field, row, found, seen))
  if (clash) return rejected(row, `Another ${plan.type.name} has this ${clash.label}.`)
  if (found?.mayNotChange) return rejected(row, `Your roles do not let you change this ${plan.type.name}.`)
  if (found) return changing(row, found, seen, unique)
  if (plan.settings.action === 'update') return rejected(row, `No ${plan.type.name} was found for this row.`)
  const twin = row.duplicateKey === '' ? undefined : seen.byDuplicateKey.get(row.duplicateKey)
  if (twin) return { row, outcome: 'duplicate', target: twin, reason: `${row.stored[columnOf(plan.duplicatesBy!)]!.slice(0, 200)} is there already.` }
  return creating(plan, row, seen, unique)
}

function changing(row: ReadRow, target: Target, seen: Seen, unique: Field[]): Judged {
  for (const field of unique) if (row.stored[columnOf(field)]) seen.byUnique.set(uniqueKey(field, row.stored), target)
  // A new object: what stands in it is still another row's own.
  target.stored = { ...target.stored, ...row.stored }
  return { row, outcome: 'updated', target }
}

function creating(plan: ImportPlan, row: ReadRow, seen: Seen, unique: Field[]): Judged {
  const { stored } = row
  const valueOf = (field: Field) => stored[columnOf(field)] ?? plan.defaults[columnOf(field)]
  const missing = plan.required.filter((field) => !valueOf(field))
  if (missing.length > 0) return rejected(row, missing.map(({ label }) => `${label} is required.`).join(' '))
  const target: Target = { id: null, stored, isNew: true }
  if (row.key !== '') seen.byKey.set(row.key, target)
  if (row.duplicateKey !== '') seen.byDuplicateKey.set(row.duplicateKey, target)
  for (const field of unique) seen.byUnique.set(uniqueKey(field, stored), target)
  return { row, outcome: 'created', target }
}

const rejected = (row: ReadRow, reason: string): Judged => ({ row, outcome: 'rejected', reason })

async function addDeadLinks(db: Db, { actor }: ImportPlan, rows: readonly ReadRow[]) {
  const links = rows.flatMap((row, index) => row.links.map((link) => ({ ...link, path: `${index} ${link.path}` })))
  for (const { path, message } of await deadLinks(db, links, actor)) {
    const [index, ...name] = path.split(' ')
    rows[Number(index)]!.faults.push(`${name.join(' ')}: ${message}`)
  }
}

/**
 * Adds the oldest record for each key; keys that are known from earlier rows stay as they are. Where there is an index, a subquery for
 * each key, not a join: so PostgreSQL goes by the index however wrong its idea of the growing table is (a join scanned all of it for each
 * batch). Where there is none, one pass over the table for the batch, not one for each key.
 */
async function lookUp(db: Db, { table }: EntityType, { fits, indexed }: Match, keys: string[], known: Map<string, Target>, where: RawBuilder<boolean> = sql<boolean>`true`) {
  const wanted = [...new Set(keys)].filter((key) => key !== '' && !known.has(key))
  if (wanted.length === 0) return
  const records = sql`${sql.table(table)} r`
  const given = sql`unnest(${textArray(wanted)}::text[]) as v (key)`
  const found = sql`${fits(sql`v.key`)} and ${where}`
  const oldest = sql`(array_agg(r.id order by r.id))[1]`
  const { rows } = await (indexed
    ? sql<Found>`select v.key, (select ${oldest} from ${records} where ${found}) as id from ${given}`
    : sql<Found>`select v.key, ${oldest} as id from ${given} join ${records} on ${found} group by v.key`).execute(db)
  for (const { key, id } of rows) if (id !== null) known.set(key, { id, stored: {}, isNew: false })
}

type Found = { key: string; id: string | null }

/** What the importer may read, but not change, is found so that no second one is made of it. */
async function markForeign(db: Db, { type, actor }: ImportPlan, known: Map<string, Target>) {
  if (reachesAll(actor, type.name, 'edit')) return
  const found = [...known.values()].filter((target) => target.id !== null && target.mayNotChange === undefined)
  const own = await existingIds(db, type.table, found.map(({ id }) => id!), allowed(actor, type.name, 'edit'))
  for (const target of found) target.mayNotChange = !own.has(target.id!)
}

async function lookUpUnique(db: Db, type: EntityType, field: Field, rows: readonly ReadRow[], seen: Seen) {
  const column = columnOf(field)
  const found = new Map<string, Target>()
  await lookUp(db, type, matchOf(type, field), rows.map(({ stored }) => keyText(field, stored[column])), found)
  for (const [value, target] of found) if (!seen.byUnique.has(`${column} ${value}`)) seen.byUnique.set(`${column} ${value}`, target)
}

const uniqueKey = (field: Field, stored: Stored) => `${columnOf(field)} ${keyText(field, stored[columnOf(field)])}`

/** Its own value is not taken by itself: the record may be known under another name of the same id. */
function isTaken(field: Field, row: ReadRow, own: Target | undefined, { byUnique }: Seen): boolean {
  if (!row.stored[columnOf(field)]) return false
  const holder = byUnique.get(uniqueKey(field, row.stored))
  return holder !== undefined && holder !== own && (holder.id === null || holder.id !== own?.id)
}
