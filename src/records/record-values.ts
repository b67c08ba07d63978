/** A record's values as they come in, against its definition: every fault and every warning at once. No database. */
import type { Fault } from '../platform/errors.ts'
import { columnOf, type EntityType, type Field, keyOf } from './definition.ts'
import { isOwnAddress, readField, type Stored, ValueFault } from './field-value.ts'

export type ReadValues = { stored: Stored; faults: Fault[]; warnings: Fault[]; links: LinkUse[] }
/** A link that was given: it must lead to a record that exists. */
export type LinkUse = { path: string; linksTo: string; ids: string[] }

/** `creating` adds defaults and asks for what is required. Field names are those on the wire (`accountId`). */
export function readValues(type: EntityType, values: Record<string, unknown>, { creating }: { creating: boolean }): ReadValues {
  const read: ReadValues = { stored: {}, faults: [], warnings: [], links: [] }
  const writable = writableFields(type)
  for (const [key, value] of Object.entries(values)) {
    const field = writable.get(key)
    if (field) readOne(field, key, value, read)
    else if (isReadOnly(type, key)) read.faults.push({ path: key, message: 'is kept by the product and cannot be written' })
    else read.faults.push({ path: key, message: 'There is no such field.' })
  }
  if (creating) for (const [key, field] of writable) if (!Object.hasOwn(values, key)) addDefault(field, key, read)
  return read
}

const writableByType = new WeakMap<EntityType, Map<string, Field>>()

/** The fields that a person may write, by their name on the wire. */
export function writableFields(type: EntityType): Map<string, Field> {
  let fields = writableByType.get(type)
  if (!fields) {
    fields = new Map(type.fields.filter(({ readOnly }) => !readOnly).map((field) => [keyOf(field), field]))
    writableByType.set(type, fields)
  }
  return fields
}

const alwaysKept = new Set(['id', 'version'])

function isReadOnly(type: EntityType, key: string): boolean {
  const isKept = (field: Field) => (field.readOnly && keyOf(field) === key) || (field.type === 'link' && key === `${field.name}Name`)
  return alwaysKept.has(key) || type.fields.some(isKept)
}

function readOne(field: Field, key: string, value: unknown, read: ReadValues) {
  try {
    const stored = readField(field, value)
    Object.assign(read.stored, stored)
    if (isOwnAddress(field) && stored.email_malformed === 'true') {
      read.warnings.push({ path: key, message: 'This address is malformed: the record is kept, but cannot be mailed.' })
    }
    noteLinks(field, key, value, stored[columnOf(field)], read)
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error
    read.faults.push({ path: key, message: error.message })
  }
}

function noteLinks({ type, linksTo }: Field, path: string, value: unknown, stored: string | null | undefined, { links }: ReadValues) {
  if (!linksTo || stored === null || stored === undefined) return
  const ids = type === 'linkMultiple' ? ((value ?? []) as string[]) : [stored]
  if (ids.length > 0) links.push({ path, linksTo, ids })
}

function addDefault(field: Field, key: string, read: ReadValues) {
  if (field.default !== undefined) Object.assign(read.stored, readField(field, field.default))
  else if (field.required) read.faults.push({ path: key, message: 'is required' })
}
