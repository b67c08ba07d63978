/** The values that a mail needs, of many records at once: one query an entity type, only the fields that the mail uses. */
import { sql } from 'kysely'
import { type Item, prepareItems } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import { Slot } from '../platform/prepared.ts'
import type { EntityType, Field } from '../records/definition.ts'
import { entityTypes, formerTypeNames } from '../records/entity-types.ts'
import { listableOf } from '../records/record-list.ts'
import type { CompiledMail } from './compile.ts'
import type { Values } from './fill.ts'
import { type Locale, valueText } from './value-text.ts'
import { anyPerson, type FieldWord, knowsPath, type TypeWord, type Vocabulary } from './vocabulary.ts'

const vocabularies = new WeakMap<readonly EntityType[], Vocabulary>()

/** What placeholders may name, from the definitions of all entity types. */
export function currentVocabulary(): Vocabulary {
  const types = entityTypes()
  let vocabulary = vocabularies.get(types)
  if (!vocabulary) vocabularies.set(types, vocabulary = new Map(types.map((type) => [type.name, wordsOf(type)])))
  return vocabulary
}

/** For what is being sent: a template may still name a type that was removed since. It has no field any more, so its placeholders are empty. */
export const sendingVocabulary = (): Vocabulary =>
  new Map([...formerTypeNames().map((name): [string, TypeWord] => [name, { baseType: 'base', fields: new Map() }]), ...currentVocabulary()])

const wordsOf = ({ baseType, fields }: EntityType): TypeWord => ({
  baseType,
  fields: new Map([['id', { type: 'text', label: 'ID' }], ...fields.filter(isReadable).map((field): [string, FieldWord] => [field.name, wordOf(field)])]),
})

/** Links to many are lists of ids, and lists of names are not known here. */
const isReadable = ({ type }: Field) => type !== 'linkMultiple'

const wordOf = ({ type, label, linksTo }: Field): FieldWord => ({ type, label, linksTo })

export type NeededPaths = { record: string[]; user: string[] }

/** Which values of a recipient of this type, and of the assigned user, the mail uses. */
export function neededPaths({ subject, html, text }: CompiledMail, { name, baseType }: EntityType): NeededPaths {
  const vocabulary = currentVocabulary()
  const record = new Set<string>()
  const user = new Set<string>()
  for (const { meaning } of [subject, html, text].flatMap((template) => [...(template?.slots ?? [])])) {
    if (meaning.kind === 'user') user.add(meaning.path)
    if (meaning.kind !== 'record') continue
    const isMeant = meaning.entityType === name || (meaning.entityType === anyPerson && baseType === 'person')
    if (isMeant && knowsPath(vocabulary, vocabulary.get(name)!, meaning.path)) record.add(meaning.path)
  }
  return { record: [...record], user: [...user] }
}

/** Values as text, by record and path. A record that is gone is not in the answer; a mail that uses no values costs no query. */
export const loadMergeValues = (db: Db, type: EntityType, ids: readonly string[], paths: readonly string[], locale: Locale, list?: Listable): Promise<Map<string, Values>> =>
  mergeValuesReader(db, type, paths, locale, list)(ids)

export type MergeValuesReader = (ids: readonly string[]) => Promise<Map<string, Values>>

/** The same for a sender, who asks again and again: what can be known before is known once. `list`: where they are found, for somebody who may not read all. */
export function mergeValuesReader(db: Db, type: EntityType, paths: readonly string[], locale: Locale, list: Listable = listableOf(type)): MergeValuesReader {
  if (paths.length === 0) return async (ids) => new Map(ids.map((id) => [id, new Map()]))
  const columns = paths.map((path) => ({ path, ...columnOf(type, path) }))
  const read = prepareItems(db, list, sql<boolean>`r.id = any(${new Slot('ids')}::uuid[])`, columns.map(({ column }) => column).join(','))
  return async (ids) => {
    const items = ids.length === 0 ? [] : await read({ ids })
    return new Map(items.map((item) => [item['id'] as string, valuesOf(item, columns, locale)]))
  }
}

type Column = { path: string; column: string; type: FieldWord['type'] }

const valuesOf = (item: Item, columns: readonly Column[], locale: Locale): Values =>
  new Map(columns.map(({ path, column, type }) => [path, valueText(type, item[column], locale)]))

/** A link by itself shows the name of what it leads to. */
function columnOf(type: EntityType, path: string): Pick<Column, 'column' | 'type'> {
  const vocabulary = currentVocabulary()
  const [first, second] = path.split('.') as [string, string?]
  const field = vocabulary.get(type.name)?.fields.get(first)
  if (field?.linksTo === undefined) return { column: path, type: field?.type ?? 'text' }
  if (second === undefined) return { column: `${first}Name`, type: 'text' }
  if (second === 'id') return { column: `${first}Id`, type: 'text' }
  return { column: path, type: vocabulary.get(field.linksTo)?.fields.get(second)?.type ?? 'text' }
}
