/** What a value is compared by: the same text for what PostgreSQL holds for the same, and a condition that the index of a unique field serves. */
import { type RawBuilder, sql } from 'kysely'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'
import { columnsOf } from '../records/field-value.ts'

type Key = RawBuilder<unknown>
/** Which records have a key, and whether an index finds them. */
export type Match = { fits(key: Key): RawBuilder<boolean>; indexed: boolean }

const typeOf = (field: Field) => columnsOf(field)[0]!.type

/** '' when there is none. Numbers are written in many ways: 12.50 and 012.5 are one key. */
export function keyText(field: Field, stored: string | null | undefined): string {
  if (!stored) return ''
  return typeOf(field) === 'numeric' ? numberText(stored) : stored.toLowerCase()
}

function numberText(stored: string): string {
  const [, sign, whole, decimals] = /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(stored) ?? ['', '', stored, '']
  const digits = `${whole || '0'}${decimals ? `.${decimals}` : ''}`
  return digits === '0' ? '0' : `${sign}${digits}`
}

/** By the index on addresses, by the primary key, else by the column as the index of a unique field has it: texts without regard to case, all else as it is. */
export function matchOf(type: EntityType, by: Field | 'id'): Match {
  if (by === 'id') return { indexed: true, fits: (key) => sql<boolean>`r.id = case when ${key} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (${key})::uuid end` }
  if (columnOf(by) === 'email_address') return { indexed: true, fits: (key) => sql<boolean>`r.email_key = lower(${key}) and r.email_key <> ''` }
  const column = sql.id('r', columnOf(by))
  const indexed = by.unique === true || (by.name === 'name' && type.baseType !== 'person')
  const asText = typeOf(by) === 'text' || by.type === 'integer'
  if (!asText) return { indexed, fits: (key) => sql<boolean>`${column} = (${key})::${sql.raw(typeOf(by))}` }
  // "<> ''" is what the index of a unique field is made for.
  return { indexed, fits: (key) => sql<boolean>`lower(${column}::text) = lower(${key}) and ${column}::text <> ''` }
}
