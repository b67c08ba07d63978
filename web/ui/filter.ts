/** The filter language as the builder sees it: fields, the conditions each type of field can have, and what each condition asks for. */
export type Filter = Record<string, unknown>
export type FieldOption = { value: string; label: string }

/** What can be filtered by; comes from the definition of an entity type or is written by a screen. `group` is the heading it is offered under; a hidden one is understood, not offered. */
export type FilterField = { name: string; label: string; type: string; group?: string | undefined; hidden?: boolean; options?: (string | FieldOption)[] | undefined }

/** One condition. Membership of target lists and campaign activities are conditions on fields of their own (`targetList`, `activity:clicked`). */
export type Condition = { name: string; op: string; value?: unknown }
export type Match = 'any' | 'all' | 'none' | 'notAll'
export type Group = { match: Match; parts: Part[] }
export type Part = Condition | Group

export const isGroup = (part: Part): part is Group => 'parts' in part

/** What somebody did in campaigns, beyond that he did it. */
export type Deed = { campaignId?: string; campaignIds?: string[]; lastCampaigns?: number; massEmailId?: string; trackingUrlId?: string; withinDays?: number }

/** In place of a value: it is asked for when a report is run. `asked` is the question's name, empty until it has one; `default` counts until somebody answers. */
export type Asked = { asked: string; label: string; default?: unknown }
export const isAsked = (value: unknown): value is Asked => typeof value === 'object' && value !== null && 'asked' in value

/** `text` etc. say by what the value is given: nothing, one value, several, a number of days, from and to, or a deed's details. */
export type ValueKind = 'none' | 'one' | 'many' | 'days' | 'two' | 'deed'
export type Operator = { op: string; words: string; value: ValueKind }

const text: Operator[] = [
  { op: 'contains', words: 'contains', value: 'one' }, { op: 'equals', words: 'is', value: 'one' }, { op: 'in', words: 'is any of', value: 'many' },
  { op: 'startsWith', words: 'starts with', value: 'one' }, { op: 'endsWith', words: 'ends with', value: 'one' },
  { op: 'notEquals', words: 'is not', value: 'one' }, { op: 'notIn', words: 'is none of', value: 'many' }, { op: 'notContains', words: 'does not contain', value: 'one' },
]
const emptiness: Operator[] = [{ op: 'isEmpty', words: 'is empty', value: 'none' }, { op: 'isNotEmpty', words: 'is not empty', value: 'none' }]
const amount: Operator[] = [
  { op: 'equals', words: 'is', value: 'one' }, { op: 'greaterThan', words: 'is more than', value: 'one' }, { op: 'lessThan', words: 'is less than', value: 'one' },
  { op: 'greaterThanOrEquals', words: 'is at least', value: 'one' }, { op: 'lessThanOrEquals', words: 'is at most', value: 'one' },
  { op: 'between', words: 'is between', value: 'two' }, { op: 'notEquals', words: 'is not', value: 'one' },
]
const choice: Operator[] = [{ op: 'in', words: 'is any of', value: 'many' }, { op: 'notIn', words: 'is none of', value: 'many' }]
const several: Operator[] = [
  { op: 'hasAny', words: 'has any of', value: 'many' }, { op: 'hasAll', words: 'has all of', value: 'many' }, { op: 'hasNone', words: 'has none of', value: 'many' },
]
const yesNo: Operator[] = [{ op: 'isTrue', words: 'is yes', value: 'none' }, { op: 'isFalse', words: 'is no', value: 'none' }]
const time: Operator[] = [
  { op: 'lastDays', words: 'in the last … days', value: 'days' }, { op: 'olderThanDays', words: 'more than … days ago', value: 'days' },
  { op: 'nextDays', words: 'in the next … days', value: 'days' }, { op: 'today', words: 'today', value: 'none' }, { op: 'thisMonth', words: 'this month', value: 'none' },
  { op: 'lastMonth', words: 'last month', value: 'none' }, { op: 'thisYear', words: 'this year', value: 'none' }, { op: 'on', words: 'on', value: 'one' },
  { op: 'before', words: 'before', value: 'one' }, { op: 'after', words: 'after', value: 'one' }, { op: 'between', words: 'between', value: 'two' },
]
const list: Operator[] = [{ op: 'memberOf', words: 'is in', value: 'many' }, { op: 'notMemberOf', words: 'is not in', value: 'many' }]
const deed: Operator[] = [{ op: 'did', words: 'did', value: 'deed' }, { op: 'didNot', words: 'did not', value: 'deed' }]

/** The list of a thing that is only known by its id offers no more than that. */
const operators: Record<string, Operator[]> = {
  integer: [...amount, ...emptiness], decimal: [...amount, ...emptiness], currency: [...amount, ...emptiness],
  boolean: yesNo, date: [...time, ...emptiness], dateTime: [...time, ...emptiness],
  enum: [...choice, ...emptiness], multiEnum: [...several, ...emptiness],
  link: [...choice, ...emptiness], linkMultiple: [...several, ...emptiness], targetList: list, activity: deed, id: choice,
}

export const operatorsOf = (type: string): Operator[] => operators[type] ?? [...text, ...emptiness]

/** What an outside program may have asked for in another way: `equals` where the builder says "any of", still has words. */
const spoken: Record<string, Operator> = Object.fromEntries([...amount, ...text, ...time].map((operator) => [operator.op, operator]))
export const operatorOf = (type: string, op: string): Operator | undefined => operatorsOf(type).find((operator) => operator.op === op) ?? spoken[op]

export const membership = 'targetList'
const activityPrefix = 'activity:'
export const activityOf = (name: string): string | undefined => (name.startsWith(activityPrefix) ? name.slice(activityPrefix.length) : undefined)
export const activityField = (activity: string) => `${activityPrefix}${activity}`

/** The field of a condition. One that is not there any more is shown by its name, and said to be gone. */
export const fieldOf = (fields: readonly FilterField[], name: string): FilterField =>
  fields.find((field) => field.name === name) ?? { name, label: name, type: name === membership ? 'targetList' : activityOf(name) ? 'activity' : 'gone' }

export const firstCondition = ({ name, type }: FilterField): Condition => {
  const { op, value } = operatorsOf(type)[0]!
  return { name, op, ...(value === 'days' && { value: 30 }), ...(value === 'deed' && { value: {} }) }
}

/** Whether everything is filled in that the condition needs. */
export function isComplete({ op, value }: Condition, type: string): boolean {
  if (type === 'gone') return false
  if (isAsked(value)) return value.label.trim() !== ''
  const kind = operatorOf(type, op)?.value ?? 'one'
  if (kind === 'none' || kind === 'deed') return true
  if (kind === 'many') return Array.isArray(value) && value.length > 0
  if (kind === 'two') return Array.isArray(value) && value.length === 2 && value.every((part) => part !== '' && part !== undefined && part !== null)
  return value !== undefined && value !== ''
}
