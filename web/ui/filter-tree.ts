/** Between the tree that the API takes and the parts that the builder shows: both ways, nothing lost. */
import { type Condition, type Deed, type Filter, type Group, type Match, type Part, activityField, activityOf, isGroup, membership } from './filter.ts'

/** A filter as one group whose parts are the chips: those joined by "and", else the whole filter as its only part. */
export function rootOf(filter: Filter | undefined): Group {
  const part = filter && partOf(filter)
  if (!part) return { match: 'all', parts: [] }
  return isGroup(part) ? part : { match: 'all', parts: [part] }
}

/** Chips are what the root joins by "and"; joined otherwise, they are one. */
export const chipsOf = (root: Group): Part[] => (root.match === 'all' ? root.parts : [root])

/** Undefined where nothing is asked for: an empty group is no condition. */
export function filterOf(part: Part): Filter | undefined {
  if (!isGroup(part)) return leafOf(part)
  const inner = part.parts.map(filterOf).filter((each) => each !== undefined)
  if (inner.length === 0) return undefined
  const joined = inner.length === 1 ? inner[0]! : { [part.match === 'all' || part.match === 'notAll' ? 'and' : 'or']: inner }
  return part.match === 'none' || part.match === 'notAll' ? { not: joined } : joined
}

/** Undefined for what is no filter: somebody wrote the address by hand. */
function partOf(filter: unknown): Part | undefined {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) return undefined
  const tree = filter as Record<string, unknown>
  if ('not' in tree) return opposite(partOf(tree.not))
  const branch = 'and' in tree ? 'and' : 'or' in tree ? 'or' : undefined
  if (!branch) return conditionOf(tree)
  const parts = Array.isArray(tree[branch]) ? tree[branch].map(partOf).filter((part) => part !== undefined) : []
  return parts.length === 1 ? parts[0] : { match: branch === 'and' ? 'all' : 'any', parts }
}

const opposites: Record<Match, Match> = { any: 'none', none: 'any', all: 'notAll', notAll: 'all' }
const opposedOps: Record<string, string> = { did: 'didNot', didNot: 'did', memberOf: 'notMemberOf', notMemberOf: 'memberOf' }

/** "Did not" and "is not in" have words of their own; everything else becomes a group of which none may hold. */
function opposite(part: Part | undefined): Part | undefined {
  if (!part) return undefined
  if (isGroup(part)) return { ...part, match: opposites[part.match] }
  const op = opposedOps[part.op]
  return op ? { ...part, op } : { match: 'none', parts: [part] }
}

function conditionOf({ field, op, value, activity, ...deed }: Record<string, unknown>): Condition | undefined {
  if (typeof activity === 'string') return { name: activityField(activity), op: 'did', value: deed }
  if (typeof op !== 'string') return undefined
  return { name: typeof field === 'string' ? field : membership, op, ...(value !== undefined && { value }) }
}

function leafOf({ name, op, value }: Condition): Filter {
  const activity = activityOf(name)
  if (activity) {
    const did = { activity, ...definedOf(value as Deed | undefined) }
    return op === 'didNot' ? { not: did } : did
  }
  return { ...(name !== membership && { field: name }), op, ...(value !== undefined && { value }) }
}

const definedOf = (deed: Deed = {}) => Object.fromEntries(Object.entries(deed).filter(([, value]) => value !== undefined && value !== ''))

/** Without the conditions that `keep` refuses, for example on fields that are gone, and without groups that are empty then. */
export function pruned(part: Part, keep: (condition: Condition) => boolean): Part | undefined {
  if (!isGroup(part)) return keep(part) ? part : undefined
  const parts = part.parts.map((each) => pruned(each, keep)).filter((each) => each !== undefined)
  return parts.length > 0 ? { ...part, parts } : undefined
}

export const conditionsIn = (part: Part): Condition[] => (isGroup(part) ? part.parts.flatMap(conditionsIn) : [part])
