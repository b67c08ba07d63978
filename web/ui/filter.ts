/** The filter of a list as the builder sees it: chips joined by "and", each chip one condition or several joined by "or". */
export type Leaf = { field?: string; op: string; value?: unknown }
export type Filter = { and: Filter[] } | { or: Filter[] } | { not: Filter } | Leaf | Record<string, unknown>
export type FieldOption = { value: string; label: string }

/** A field that can be filtered by; comes from the definition of an entity type or is written by a screen. */
export type FilterField = { name: string; label: string; type: string; options?: (string | FieldOption)[] | undefined }
export type Chip = { conditions: Leaf[]; not: boolean }

export function chipsOf(filter: Filter | undefined): Chip[] {
  if (!filter) return []
  if ('and' in filter) return (filter.and as Filter[]).map(chipOf)
  return [chipOf(filter)]
}

function chipOf(filter: Filter): Chip {
  if ('not' in filter) return { ...chipOf(filter.not as Filter), not: true }
  if ('or' in filter) return { conditions: filter.or as Leaf[], not: false }
  return { conditions: [filter as Leaf], not: false }
}

export function filterOf(chips: Chip[]): Filter | undefined {
  if (chips.length === 0) return undefined
  const parts = chips.map(partOf)
  return parts.length === 1 ? parts[0] : { and: parts }
}

function partOf({ conditions, not }: Chip): Filter {
  const inner: Filter = conditions.length === 1 ? conditions[0]! : { or: conditions }
  return not ? { not: inner } : inner
}

type Operator = { op: string; words: string; value: 'none' | 'one' | 'many' | 'number' | 'two' }
const text: Operator[] = [
  { op: 'contains', words: 'contains', value: 'one' }, { op: 'equals', words: 'is', value: 'one' }, { op: 'notEquals', words: 'is not', value: 'one' },
  { op: 'startsWith', words: 'starts with', value: 'one' }, { op: 'endsWith', words: 'ends with', value: 'one' }, { op: 'notContains', words: 'does not contain', value: 'one' },
]
const emptiness: Operator[] = [{ op: 'isEmpty', words: 'is empty', value: 'none' }, { op: 'isNotEmpty', words: 'is not empty', value: 'none' }]
const amount: Operator[] = [
  { op: 'equals', words: '=', value: 'one' }, { op: 'greaterThan', words: '>', value: 'one' }, { op: 'lessThan', words: '<', value: 'one' },
  { op: 'greaterThanOrEquals', words: '≥', value: 'one' }, { op: 'lessThanOrEquals', words: '≤', value: 'one' }, { op: 'between', words: 'between', value: 'two' },
]
const choice: Operator[] = [{ op: 'in', words: 'is any of', value: 'many' }, { op: 'notIn', words: 'is none of', value: 'many' }]
const several: Operator[] = [{ op: 'hasAny', words: 'has any of', value: 'many' }, { op: 'hasAll', words: 'has all of', value: 'many' }, { op: 'hasNone', words: 'has none of', value: 'many' }]
const yesNo: Operator[] = [{ op: 'isTrue', words: 'is yes', value: 'none' }, { op: 'isFalse', words: 'is no', value: 'none' }]
const day: Operator[] = [
  { op: 'lastDays', words: 'in the last days', value: 'number' }, { op: 'olderThanDays', words: 'more than days ago', value: 'number' }, { op: 'today', words: 'is today', value: 'none' },
  { op: 'thisMonth', words: 'is this month', value: 'none' }, { op: 'lastMonth', words: 'was last month', value: 'none' }, { op: 'thisYear', words: 'is this year', value: 'none' },
  { op: 'on', words: 'on', value: 'one' }, { op: 'before', words: 'before', value: 'one' }, { op: 'after', words: 'after', value: 'one' }, { op: 'between', words: 'between', value: 'two' },
  { op: 'nextDays', words: 'in the next days', value: 'number' },
]
const list: Operator[] = [{ op: 'memberOf', words: 'is on', value: 'many' }, { op: 'notMemberOf', words: 'is not on', value: 'many' }]

const operators: Record<string, Operator[]> = {
  integer: [...amount, ...emptiness], decimal: [...amount, ...emptiness], currency: [...amount, ...emptiness],
  boolean: yesNo, date: [...day, ...emptiness], dateTime: [...day, ...emptiness],
  enum: [...choice, ...emptiness], multiEnum: [...several, ...emptiness],
  link: [...choice, ...emptiness], linkMultiple: several, targetList: list, id: [{ op: 'equals', words: 'is', value: 'one' }],
}

export const operatorsOf = (type: string): Operator[] => operators[type] ?? [...text, ...emptiness]
export const operatorOf = (type: string, op: string): Operator | undefined => operatorsOf(type).find((operator) => operator.op === op)

/** Whether everything is filled in that the condition needs. */
export function isComplete(leaf: Leaf, type: string): boolean {
  const kind = operatorOf(type, leaf.op)?.value
  if (kind === 'none') return true
  if (kind === 'many') return Array.isArray(leaf.value) && leaf.value.length > 0
  if (kind === 'two') return Array.isArray(leaf.value) && leaf.value.length === 2 && leaf.value.every((part) => part !== '' && part !== undefined)
  return leaf.value !== undefined && leaf.value !== ''
}
