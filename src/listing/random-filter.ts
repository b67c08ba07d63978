/** Random filter trees that are the same in every run, for property tests; only there for tests. */

export type Pick = <T>(from: readonly T[]) => T
type Tree = Record<string, unknown>
type Values = { [Type in ValueType]?: readonly unknown[] }
type ValueType = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'dateTime' | 'enum' | 'multiEnum' | 'link' | 'linkMultiple'

/** A random choice from a seed (mulberry32). */
export function seeded(seed: number): Pick {
  let state = seed
  return (from) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return from[((mixed ^ (mixed >>> 14)) >>> 0) % from.length]!
  }
}

export const some = <T>(pick: Pick, from: readonly T[]): T[] => from.filter(() => pick([true, false]))

/** And, or, not and leaves, at most so deep; `leaves` each make one. */
export function randomTree(pick: Pick, depth: number, leaves: readonly (() => Tree)[]): Tree {
  const shape = depth === 0 ? 'leaf' : pick(['leaf', 'leaf', 'and', 'or', 'not'])
  if (shape === 'leaf') return pick(leaves)()
  if (shape === 'not') return { not: randomTree(pick, depth - 1, leaves) }
  return { [shape]: Array.from({ length: pick([0, 1, 2, 3]) }, () => randomTree(pick, depth - 1, leaves)) }
}

/** Makes a leaf on the field: an operator that its type has, and a value from `values`. */
export function randomLeaf(pick: Pick, field: string, type: ValueType, values: Values): () => Tree {
  const own = values[type] ?? []
  const one = (ops: string[], from = own) => ({ op: pick(ops), value: pick(from) })
  const many = (ops: string[], from = own) => ({ op: pick(ops), value: some(pick, from) })
  const pair = (from = own) => ({ op: 'between', value: [pick(from), pick(from)] })
  const empty = () => ({ op: pick(['isEmpty', 'isNotEmpty']) })
  const orders = ['greaterThan', 'greaterThanOrEquals', 'lessThan', 'lessThanOrEquals']
  const times = (from: readonly unknown[]) => pick([one(['on', 'equals', 'notEquals', 'before', 'after', ...orders], from), pair(from), relative(pick), empty()])
  const numbers = () => pick([one(['equals', 'notEquals', ...orders]), many(['in', 'notIn']), pair(), empty()])
  const leaves: Record<ValueType, () => Tree> = {
    text: () => pick([
      one(['equals', 'notEquals']), many(['in', 'notIn']), empty(),
      one(['contains', 'notContains', 'startsWith', 'endsWith'], own.filter((word) => word !== '')),
    ]),
    integer: numbers,
    decimal: numbers,
    boolean: () => pick([{ op: pick(['isTrue', 'isFalse']) }, one(['equals', 'notEquals']), empty()]),
    date: () => times(own),
    dateTime: () => times([...own, ...(values.date ?? [])]),
    enum: () => pick([one(['equals', 'notEquals']), many(['in', 'notIn']), empty()]),
    multiEnum: () => pick([many(['hasAny', 'hasAll', 'hasNone']), empty()]),
    link: () => pick([one(['equals', 'notEquals']), many(['in', 'notIn'], [...own, 'no-such-id']), empty()]),
    linkMultiple: () => pick([many(['hasAny', 'hasAll', 'hasNone'], [...own, 'no-such-id']), empty()]),
  }
  return () => ({ field, ...leaves[type]() })
}

const relative = (pick: Pick) => pick<Tree>([
  { op: pick(['today', 'thisMonth', 'lastMonth', 'thisYear']) }, { op: pick(['lastDays', 'nextDays', 'olderThanDays']), value: pick([0, 1, 27, 400]) },
])
