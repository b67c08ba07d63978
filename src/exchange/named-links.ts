/** Links that a file gives by name ("Acme" in the column of an account) become ids; a name that nobody has is made, left out or a reject, as the settings say. */
import { type Actor, mayCreate } from '../access/actor.ts'
import type { Db, Tx } from '../platform/db.ts'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'
import { definitionOf, findDefinition } from '../records/entity-types.ts'
import { readField, type Stored } from '../records/field-value.ts'
import { idsByName } from '../records/link-names.ts'
import { readValues, writableFields } from '../records/record-values.ts'
import { type Authorship, insertRecords } from '../records/store.ts'
import type { ReadRow } from './row.ts'

export type NamedLink = { field: Field; column: string; names: string[] }
export type MissingLinks = 'reject' | 'leaveEmpty' | 'create'

/** What a record that is made for its name gets until it has an id. */
const placeholder = (linksTo: string, name: string) => `new ${linksTo} ${name}`

/** Names that stand for records still to be made, by their placeholder. */
export type NewNames = Map<string, { linksTo: string; name: string }>

/** Puts ids into the rows' values, or placeholders for what is to be made; adds what is wrong to the rows. What the importer may not read nobody has. */
export async function resolveNames(db: Db, actor: Actor, rows: readonly ReadRow[], missing: MissingLinks): Promise<NewNames> {
  const made: NewNames = new Map()
  for (const linksTo of new Set(rows.flatMap(({ names }) => names.map(({ field }) => field.linksTo!)))) {
    const uses = rows.flatMap((row) => row.names.filter(({ field }) => field.linksTo === linksTo).map((link) => ({ row, link })))
    const found = await idsByName(db, linksTo, [...new Set(uses.flatMap(({ link }) => link.names.map(keyOfName)))], actor)
    const whereMissing = missing === 'create' && !mayCreate(actor, linksTo) ? 'reject' : missing
    for (const { row, link } of uses) resolve(row, link, found, whereMissing, made)
  }
  return made
}

const keyOfName = (name: string) => name.toLowerCase()

function resolve(row: ReadRow, { field, column, names }: NamedLink, found: ReadonlyMap<string, string[]>, missing: MissingLinks, made: NewNames) {
  const ids: string[] = []
  for (const name of names) {
    const known = found.get(keyOfName(name)) ?? []
    if (known.length === 1) ids.push(known[0]!)
    else if (known.length === 0 && missing === 'create' && field.type === 'link') {
      const key = placeholder(field.linksTo!, keyOfName(name))
      if (!made.has(key)) made.set(key, { linksTo: field.linksTo!, name })
      ids.push(key)
    } else complain(row, `${column}: ${known.length === 0 ? `There is no ${field.linksTo} named` : `Several of type ${field.linksTo} are named`} "${name.slice(0, 100)}".`, missing)
  }
  if (ids.length > 0) Object.assign(row.stored, readField(field, field.type === 'link' ? ids[0]! : ids))
}

/** Where links may stay empty the row comes in, with a word about it. */
function complain(row: ReadRow, message: string, missing: MissingLinks) {
  if (missing === 'reject') row.faults.push(message)
  else row.warning = row.warning === null ? message : `${row.warning} ${message}`
}

/** Makes the records that are needed and puts their ids in the place of the placeholders; answers what it made. */
export async function makeNamed(tx: Tx, type: EntityType, stored: readonly Stored[], made: NewNames, by: Authorship): Promise<{ entityType: string; id: string }[]> {
  if (made.size === 0) return []
  const columns = type.fields.filter((field) => field.type === 'link').map(columnOf)
  const used = [...new Set(stored.flatMap((values) => columns.map((column) => values[column] ?? '')))].filter((value) => made.has(value))
  const ids = new Map<string, string>()
  for (const linksTo of new Set(used.map((key) => made.get(key)!.linksTo))) {
    const keys = used.filter((key) => made.get(key)!.linksTo === linksTo)
    const target = definitionOf(linksTo)
    const rows = keys.map((key) => readValues(target, { name: made.get(key)!.name }, { creating: true }).stored)
    const newIds = await insertRecords(tx, target, rows.map((row) => ({ ...row, assigned_user_id: by.userId })), by)
    keys.forEach((key, index) => ids.set(key, newIds[index]!))
  }
  for (const values of stored) for (const column of columns) if (ids.has(values[column] ?? '')) values[column] = ids.get(values[column]!)!
  return [...ids].map(([key, id]) => ({ entityType: made.get(key)!.linksTo, id }))
}

/** Null when a name is enough to make such a record, else why it is not, as the end of a sentence. */
export function whyNotMadeByName(linksTo: string): string | null {
  const type = findDefinition(linksTo)
  if (!type || !writableFields(type).has('name')) return 'has no name of its own to be made by'
  const { faults } = readValues(type, { name: 'x' }, { creating: true })
  return faults.length === 0 ? null : `needs more than a name (${faults.map(({ path }) => path).join(', ')})`
}
