/** What an import will do, settled before its first row: settings held against the file's columns and the definitions. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Db } from '../platform/db.ts'
import { type Fault, invalid } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'
import { findDefinition } from '../records/entity-types.ts'
import { readField, type Stored } from '../records/field-value.ts'
import { readValues, writableFields } from '../records/record-values.ts'
import { deadLinks } from '../records/records.ts'
import { expectMayWrite } from '../records/user-rules.ts'
import type { ImportSettings } from './contract.ts'
import { columnNames, headerFaults } from './mapping.ts'

export type PlannedColumn = { index: number; name: string; field: Field }

export type ImportPlan = {
  type: EntityType
  settings: ImportSettings
  header: string[]
  columns: PlannedColumn[]
  /** The field that finds the record of a row, 'id', or null when every row is a new record. */
  updateBy: Field | 'id' | null
  /** Where the id stands, when rows are found by it. */
  idIndex: number
  /** What a new record has where the file has nothing. */
  defaults: Stored
}

/** Throws 400 with every fault of the settings. */
export async function planImport(db: Db, actor: Actor, settings: ImportSettings, firstRow: readonly string[]): Promise<ImportPlan> {
  const type = findDefinition(settings.entityType)
  if (!type) throw invalid([{ path: 'settings.entityType', message: `There is no entity type ${settings.entityType.slice(0, 100)}.` }])
  expectMayWrite(type, actor)
  const header = columnNames(firstRow, settings.header)
  const faults: Fault[] = headerFaults(firstRow, settings.header)
  const { columns, idIndex } = planColumns(type, settings, header, faults)
  const updateBy = planUpdateBy(type, settings, columns, idIndex, faults)
  const defaults = { ...emptyValues(columns), ...(await planDefaults(db, type, actor, settings, faults)) }
  if (settings.targetListId) faults.push(...(await targetListFaults(db, type, settings.targetListId)))
  if (faults.length > 0) throw invalid(faults)
  return { type, settings, header, columns, updateBy, idIndex, defaults }
}

function planColumns(type: EntityType, { mapping }: ImportSettings, header: string[], faults: Fault[]) {
  const writable = writableFields(type)
  const columns: PlannedColumn[] = []
  const taken = new Map<string, string>()
  let idIndex = -1
  for (const [name, key] of Object.entries(mapping)) {
    if (!key) continue
    const path = `settings.mapping.${name}`
    const index = header.indexOf(name.trim())
    const field = writable.get(key)
    if (index < 0) faults.push({ path, message: `The file has no such column; it has ${header.join(', ').slice(0, 500)}.` })
    if (!field && key !== 'id') faults.push({ path, message: `${type.name} has no field ${key.slice(0, 100)} that can be written.` })
    if (taken.has(key)) faults.push({ path, message: `${key} is filled by the column ${taken.get(key)} already.` })
    taken.set(key, name)
    if (key === 'id') idIndex = index
    else if (field) columns.push({ index, name, field })
  }
  if (taken.size === 0) faults.push({ path: 'settings.mapping', message: 'Map at least one column to a field.' })
  return { columns, idIndex }
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
  const found = [...given.faults, ...(await deadLinks(db, given.links))]
  faults.push(...found.map(({ path, message }) => ({ path: `settings.defaults.${path}`, message })))
  const own = readValues(type, {}, { creating: true }).stored
  const assigned = isId(actor.userId) ? { [columnOf(writableFields(type).get('assignedUserId')!)]: actor.userId } : {}
  return { ...own, ...assigned, ...given.stored }
}

async function targetListFaults(db: Db, type: EntityType, id: string): Promise<Fault[]> {
  const path = 'settings.targetListId'
  if (!type.mailable) return [{ path, message: `${type.plural} cannot be in target lists.` }]
  const found = isId(id) && (await sql`select 1 from target_list where id = ${id} and deleted_at is null`.execute(db)).rows.length > 0
  return found ? [] : [{ path, message: 'There is no such target list.' }]
}
