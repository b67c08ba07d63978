/** What an entity type and its fields are, as data. Everything that handles records reads these; nothing here touches the database. */
import type { FieldType } from '../listing/listable.ts'

export type Field = {
  name: string
  type: FieldType
  label: string
  required?: boolean
  unique?: boolean
  default?: string | number | boolean | string[]
  maxLength?: number
  options?: readonly string[]
  /** The entity type that a link leads to. */
  linksTo?: string
  /** Kept by the product: shown and filtered, never written by a person. */
  readOnly?: boolean
  /** The column, where it is not the name in snake case. */
  column?: string
}

export type BaseType = 'person' | 'company' | 'base'

export type EntityType = {
  /** PascalCase, as in references: `Contact`. */
  name: string
  plural: string
  /** In addresses: `contacts`. */
  slug: string
  baseType: BaseType
  mailable: boolean
  icon: string
  color: string
  table: string
  fields: readonly Field[]
}

/** The name of a field on the wire: `accountId` for the link `account`, `teamIds` for `teams`. */
export function keyOf(field: Field): string {
  if (field.type === 'link') return `${field.name}Id`
  return field.type === 'linkMultiple' ? `${field.name.replace(/s$/, '')}Ids` : field.name
}

export const columnOf = (field: Field): string => field.column ?? snakeCase(keyOf(field))

export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The field under its name on the wire (`accountId`) or its own name (`account`). */
export const fieldOf = (type: EntityType, key: string): Field | undefined =>
  type.fields.find((field) => keyOf(field) === key) ?? type.fields.find((field) => field.name === key)
