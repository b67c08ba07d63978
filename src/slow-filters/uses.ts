/** Which fields a list was filtered and sorted by, and what kind of index would have helped. Pure. */
import { type EntityType, type Field, fieldOf } from '../records/definition.ts'
import { type IndexKind } from './field-index.ts'

export type Use = { type: EntityType; field: Field; kind: IndexKind }
export type Asked = { filter?: unknown; sort?: string | undefined }

/** What is left after a negation is most of the records: no index finds them faster. Bounds on empty values neither. */
const unaided = new Set(['notEquals', 'notIn', 'notContains', 'hasNone', 'isFalse', 'isEmpty', 'isNotEmpty'])
/** A beginning is found by the order, as the embedded database sorts letters by their codes. */
const kinds: Record<string, IndexKind> = { contains: 'words', endsWith: 'words', hasAny: 'members', hasAll: 'members' }

export function usesOf(type: EntityType, { filter, sort }: Asked, typeNamed: (name: string) => EntityType | undefined): Use[] {
  const leaves = leavesOf(filter)
  const sorted = sort === undefined ? [] : [{ field: sort.replace(/^-/, ''), kind: 'order' as const }]
  return [...leaves, ...sorted].flatMap(({ field: key, kind }) => {
    const [own, ofLinked] = key.split('.')
    const field = fieldOf(type, own!)
    if (ofLinked === undefined) return field ? [{ type, field, kind }] : []
    const target = field?.linksTo === undefined ? undefined : typeNamed(field.linksTo)
    const linked = target && fieldOf(target, ofLinked)
    return linked ? [{ type: target, field: linked, kind }] : []
  })
}

function leavesOf(tree: unknown): { field: string; kind: IndexKind }[] {
  if (typeof tree !== 'object' || tree === null) return []
  const { and, or, field, op } = tree as { and?: unknown; or?: unknown; field?: unknown; op?: unknown }
  if (Array.isArray(and)) return and.flatMap(leavesOf)
  if (Array.isArray(or)) return or.flatMap(leavesOf)
  return typeof field === 'string' && typeof op === 'string' && !unaided.has(op) ? [{ field, kind: kinds[op] ?? 'order' }] : []
}
