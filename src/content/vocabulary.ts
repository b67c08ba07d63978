/** What placeholders may name: entity types, their fields, and fields one link away. Pure; the definitions come from src/records. */
import type { BaseType } from '../records/definition.ts'
import type { FieldType } from '../listing/listable.ts'

/** `linksTo` is the entity type that a link leads to. */
export type FieldWord = { type: FieldType; label: string; linksTo?: string | undefined }
export type TypeWord = { baseType: BaseType; fields: ReadonlyMap<string, FieldWord> }
export type Vocabulary = ReadonlyMap<string, TypeWord>

/** Stands for whatever type of person gets the mail. */
export const anyPerson = 'Person'
/** Stands for the campaign's assigned user, not for a recipient. */
export const assignedUser = 'User'

/** Which entity types a placeholder's first word may stand for. */
export const typesNamed = (vocabulary: Vocabulary, name: string): TypeWord[] => {
  if (name === anyPerson) return [...vocabulary.values()].filter(({ baseType }) => baseType === 'person')
  const type = vocabulary.get(name)
  return type ? [type] : []
}

/** Whether `firstName` or `account.industry` is a field of the type, one link deep at most. */
export function knowsPath(vocabulary: Vocabulary, type: TypeWord, path: string): boolean {
  const [first = '', second, ...deeper] = path.split('.')
  const field = type.fields.get(first)
  if (!field || deeper.length > 0) return false
  if (second === undefined) return true
  return linkedFields(vocabulary, field).includes(second)
}

/** `Account: Industry` for `account.industry`. */
export function labelOf(vocabulary: Vocabulary, typeName: string, path: string): string {
  const [first = '', second] = path.split('.')
  const field = vocabulary.get(typeName)?.fields.get(first)
  if (!field || second === undefined) return field?.label ?? path
  return `${field.label}: ${labelOf(vocabulary, field.linksTo ?? '', second)}`
}

/** The field that was probably meant, or null. */
export function nearestPath(vocabulary: Vocabulary, types: readonly TypeWord[], path: string): string | null {
  const known = new Set(types.flatMap((type) => pathsOf(vocabulary, type)))
  let nearest: string | null = null
  let fewest = 3
  for (const each of known) {
    const edits = editsBetween(path.trim().toLowerCase(), each.toLowerCase())
    if (edits < fewest) [nearest, fewest] = [each, edits]
  }
  return nearest
}

/** All paths of a type: its own fields, each link followed by what it leads to. */
export function pathsOf(vocabulary: Vocabulary, type: TypeWord): string[] {
  return [...type.fields].flatMap(([name, field]) => [name, ...linkedFields(vocabulary, field).map((linked) => `${name}.${linked}`)])
}

/** Fields of the record that a link leads to; from there no further link is followed. */
const linkedFields = (vocabulary: Vocabulary, { linksTo }: FieldWord): string[] =>
  linksTo === undefined ? [] : [...(vocabulary.get(linksTo)?.fields ?? [])].flatMap(([name, field]) => (field.linksTo === undefined ? [name] : []))

/** Levenshtein's distance. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]!
}
