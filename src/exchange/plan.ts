/** What an import will do, settled before its first row: settings held against the file's columns and the definitions. */
import { sql } from 'kysely'
import { type Actor, expectMay, expectMayCreate, expectScope, expectSome } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import { type Fault, invalid } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { columnOf, type EntityType, type Field, keyOf } from '../records/definition.ts'
import { definitionsStamp, findDefinition } from '../records/entity-types.ts'
import { readField, type Stored } from '../records/field-value.ts'
import { readValues, writableFields } from '../records/record-values.ts'
import { deadLinks } from '../records/records.ts'
import { expectMayWrite } from '../records/user-rules.ts'
import type { ImportSettings } from './contract.ts'
import { columnNames, headerFaults } from './mapping.ts'
import { whyNotMadeByName } from './named-links.ts'
import { isRefusal, type RefusalKey } from './refusals.ts'

/** `byName`: the cell names the record that the link leads to. */
export type PlannedColumn = { index: number; name: string; field: Field; byName: boolean }

export type ImportPlan = {
  type: EntityType
  /** The state of the definitions that it was made with. */
  stamp: string
  /** With whose rights records are found, linked to and changed. */
  actor: Actor
  settings: ImportSettings
  header: string[]
  columns: PlannedColumn[]
  /** The field that finds the record of a row, 'id', or null when every row is a new record. */
  updateBy: Field | 'id' | null
  /** The field by which a row is a duplicate, or null when nothing is. */
  duplicatesBy: Field | null
  /** Columns that say "no" for the address. */
  refusals: { index: number; name: string; key: RefusalKey }[]
  /** Where the id stands, when rows are found by it. */
  idIndex: number
  /** What a new record has where the file has nothing. */
  defaults: Stored
  /** What a new record must have. */
  required: Field[]
}

/** Throws 400 with every fault of the settings. */
export async function planImport(db: Db, actor: Actor, settings: ImportSettings, firstRow: readonly string[]): Promise<ImportPlan> {
  const [type, stamp] = [findDefinition(settings.entityType), definitionsStamp()]
  if (!type) throw invalid([{ path: 'settings.entityType', message: `There is no entity type ${settings.entityType.slice(0, 100)}.` }])
  expectMayImport(type, settings, actor)
  const header = columnNames(firstRow, settings.header)
  const faults: Fault[] = headerFaults(firstRow, settings.header)
  const { columns, refusals, idIndex } = planColumns(type, settings, header, faults)
  const updateBy = planUpdateBy(type, settings, columns, idIndex, faults)
  const defaults = { ...emptyValues(columns), ...(await planDefaults(db, type, actor, settings, faults)) }
  const duplicatesBy = settings.skipDuplicates ? planDuplicatesBy(type, settings, columns, faults) : null
  if (settings.targetListId) faults.push(...(await targetListFaults(db, type, actor, settings.targetListId)))
  if (faults.length > 0) throw invalid(faults)
  return { type, stamp, actor, settings, header, columns, refusals, updateBy, duplicatesBy, idIndex, defaults, required: type.fields.filter((field) => field.required && !field.readOnly) }
}

function expectMayImport(type: EntityType, { action, targetListId }: ImportSettings, actor: Actor): void {
  expectMay(actor, 'import')
  expectMayWrite(type, actor)
  if (targetListId) expectScope(actor, 'targetLists:write')
  if (action !== 'update') expectMayCreate(actor, type.name)
  if (action !== 'create') expectSome(actor, type.name, 'edit')
}

function planColumns(type: EntityType, settings: ImportSettings, header: string[], faults: Fault[]) {
  const writable = writableFields(type)
  const columns: PlannedColumn[] = []
  const refusals: ImportPlan['refusals'] = []
  const taken = new Map<string, string>()
  let idIndex = -1
  for (const [name, key] of Object.entries(settings.mapping)) {
    if (!key) continue
    const path = `settings.mapping.${name}`
    const index = header.indexOf(name.trim())
    const field = writable.get(key) ?? linkNamed(type, key)
    if (index < 0) faults.push({ path, message: `The file has no such column; it has ${header.join(', ').slice(0, 500)}.` })
    const fills = field ? keyOf(field) : key
    if (taken.has(fills)) faults.push({ path, message: `${key} is filled by the column ${taken.get(fills)} already.` })
    taken.set(fills, name)
    if (key === 'id') idIndex = index
    else if (field) {
      const byName = keyOf(field) !== key
      if (byName && settings.missingLinks === 'create') faults.push(...linkFaults(field))
      columns.push({ index, name, field, byName })
    } else if (isRefusal(key)) {
      faults.push(...refusalFaults(type, key, settings, path))
      refusals.push({ index, name, key })
    } else faults.push({ path, message: `${type.name} has no field ${key.slice(0, 100)} that can be written.` })
  }
  if (taken.size === 0) faults.push({ path: 'settings.mapping', message: 'Map at least one column to a field.' })
  return { columns, refusals, idIndex }
}

/** A link under its own name: `account` beside `accountId`. */
const linkNamed = (type: EntityType, key: string): Field | undefined =>
  type.fields.find((field) => field.linksTo !== undefined && !field.readOnly && field.name === key)

function linkFaults(field: Field): Fault[] {
  const why = field.type === 'link' ? whyNotMadeByName(field.linksTo!) : null
  return why === null ? [] : [{ path: 'settings.missingLinks', message: `A missing ${field.label} cannot be made: ${field.linksTo} ${why}.` }]
}

function refusalFaults(type: EntityType, key: RefusalKey, { targetListId }: ImportSettings, path: string): Fault[] {
  if (!type.mailable) return [{ path, message: `${type.plural} are not mailed, so nobody can opt out.` }]
  return key === 'optedOutOfList' && !targetListId ? [{ path, message: 'Say which target list they opted out of: set targetListId.' }] : []
}

/** Of a key that is not mapped no row has one; the address is what everybody means by a duplicate, mapped or not. */
function planDuplicatesBy(type: EntityType, { duplicatesBy }: ImportSettings, columns: PlannedColumn[], faults: Fault[]): Field | null {
  const path = 'settings.duplicatesBy'
  const field = writableFields(type).get(duplicatesBy)
  if (!field && duplicatesBy === 'emailAddress') return null
  if (!field || !findable.has(field.type)) faults.push({ path, message: `Duplicates cannot be found by ${duplicatesBy.slice(0, 100)}.` })
  else if (duplicatesBy !== 'emailAddress' && !columns.some((column) => column.field === field)) faults.push({ path, message: `Map a column to ${duplicatesBy}.` })
  return field ?? null
}

const findable = new Set(['text', 'email', 'phone', 'url', 'enum', 'integer', 'decimal'])

function planUpdateBy(
  type: EntityType, { action, updateBy }: ImportSettings, columns: PlannedColumn[], idIndex: number, faults: Fault[],
): Field | 'id' | null {
  if (idIndex >= 0 && (action === 'create' || updateBy !== 'id')) {
    faults.push({ path: 'settings.mapping', message: 'An id can only be mapped to find the records to update: set updateBy to id.' })
  }
  if (action === 'create') return null
  const path = 'settings.updateBy'
  if (updateBy === 'id') {
    if (idIndex < 0) faults.push({ path, message: 'Map a column to id.' })
    return 'id'
  }
  const field = writableFields(type).get(updateBy)
  if (!field || !findable.has(field.type)) faults.push({ path, message: `Records cannot be found by ${updateBy.slice(0, 100)}.` })
  else if (!columns.some((column) => column.field === field)) faults.push({ path, message: `Map a column to ${updateBy}.` })
  return field ?? null
}

/** What an empty cell of a new record means, so that all rows of a batch have the same columns. */
const emptyValues = (columns: PlannedColumn[]): Stored =>
  Object.assign({}, ...columns.filter(({ field }) => !field.required).map(({ field }) => readField(field, null)))

/** The definition's defaults, the importer as the assigned user, then what the settings say. */
async function planDefaults(db: Db, type: EntityType, actor: Actor, { defaults }: ImportSettings, faults: Fault[]): Promise<Stored> {
  const given = readValues(type, defaults, { creating: false })
  const found = [...given.faults, ...(await deadLinks(db, given.links, actor))]
  faults.push(...found.map(({ path, message }) => ({ path: `settings.defaults.${path}`, message })))
  const own = readValues(type, {}, { creating: true }).stored
  const assigned = isId(actor.userId) ? { [columnOf(writableFields(type).get('assignedUserId')!)]: actor.userId } : {}
  return { ...own, ...assigned, ...given.stored }
}

async function targetListFaults(db: Db, type: EntityType, actor: Actor, id: string): Promise<Fault[]> {
  const path = 'settings.targetListId'
  if (!type.mailable) return [{ path, message: `${type.plural} cannot be in target lists.` }]
  const found = isId(id) && (await sql`
    select 1 from target_list l where l.id = ${id} and l.deleted_at is null and ${allowed(actor, 'TargetList', 'edit', 'l')}`.execute(db)).rows.length > 0
  return found ? [] : [{ path, message: 'There is no such target list that you may change.' }]
}
