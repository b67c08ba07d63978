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
  /** Added by an administrator. */
  custom?: boolean
  /** Made by this relationship, and gone with it. */
  relationshipId?: string
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
  /** Made by an administrator. */
  custom?: boolean
  fields: readonly Field[]
}

export const relationshipKinds = ['manyToOne', 'oneToMany', 'manyToMany'] as const

/**
 * How two types belong together, named at both ends: `leftName` is what a left record calls the right ones (Contact `account`,
 * Doctor `targetLists`), `rightName` what a right record calls the left ones (Account `contacts`).
 */
export type Relationship = {
  id: string
  kind: (typeof relationshipKinds)[number]
  left: string
  right: string
  leftName: string
  rightName: string
  leftLabel: string
  rightLabel: string
  /** Where the pairs of a many-to-many are; null for members of target lists, which are in a table of their own. */
  joinTable: string | null
  custom: boolean
}

/** Not an entity type of this engine, but an end that relationships may have: it makes a type mailable. */
export const targetListEnd = 'TargetList'

/** The name of a field on the wire: `accountId` for the link `account`, `teamIds` for `teams`. */
export function keyOf(field: Field): string {
  if (field.type === 'link') return `${field.name}Id`
  return field.type === 'linkMultiple' ? `${field.name.replace(/s$/, '')}Ids` : field.name
}

export const columnOf = (field: Field): string => field.column ?? snakeCase(keyOf(field))

/** Names come from definitions, which are few; asked for with every value of an import. */
const snakeCases = new Map<string, string>()

export function snakeCase(name: string): string {
  let snake = snakeCases.get(name)
  if (snake === undefined) snakeCases.set(name, snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
  return snake
}

/** The field under its name on the wire (`accountId`) or its own name (`account`). */
export const fieldOf = (type: EntityType, key: string): Field | undefined =>
  type.fields.find((field) => keyOf(field) === key) ?? type.fields.find((field) => field.name === key)
