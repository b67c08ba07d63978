/** Questions of a report: in the builder they stand where their value would, on the wire beside the filter. Both ways, nothing lost. */
import type { Question } from '../../../src/reports/contract.ts'
import { type Asked, type Filter, isAsked } from '../../ui/filter.ts'

type Leaf = Record<string, unknown>
const isNamed = (value: unknown): value is { question: string } => typeof value === 'object' && value !== null && 'question' in value

/** `{value: {question: 'city'}}` → the question itself, as the builder shows it. */
export function withQuestions(filter: Filter | undefined, questions: readonly Question[]): Filter | undefined {
  return filter && mapped(filter, (leaf) => {
    const { value } = leaf
    if (!isNamed(value)) return leaf
    const question = questions.find(({ name }) => name === value.question)
    const asked: Asked = { asked: value.question, label: question?.label ?? value.question, ...(question?.default !== undefined && question.default !== null && { default: question.default }) }
    return { ...leaf, value: asked }
  })
}

/** The other way. A question keeps its name, for links, schedules and programs know it; a new one is named after its field. */
export function takenApart(filter: Filter | undefined): { filter: Filter | undefined; questions: Question[] } {
  const questions: Question[] = []
  const free = (wanted: string): string => {
    const taken = (name: string) => questions.some((question) => question.name === name)
    let name = wanted
    for (let count = 2; taken(name); count++) name = `${wanted}${count}`
    return name
  }
  const apart = filter && mapped(filter, (leaf) => {
    const { value } = leaf
    if (!isAsked(value)) return leaf
    const name = free(value.asked || nameAfter(leaf['field']))
    questions.push({ name, label: value.label.trim(), ...(isGiven(value.default) && { default: value.default }) })
    return { ...leaf, value: { question: name } }
  })
  return { filter: apart, questions }
}

/** The leaf that a question belongs to: its field and condition say how it is answered. */
export function leavesOf(filter: unknown): { field: string; op: string; question: string }[] {
  const found: { field: string; op: string; question: string }[] = []
  if (filter) mapped(filter as Filter, (leaf) => { if (isNamed(leaf['value'])) found.push({ field: String(leaf['field'] ?? ''), op: String(leaf['op']), question: leaf['value'].question }); return leaf })
  return found
}

/** `account.industry` → `accountIndustry`; a target list has no field. */
const nameAfter = (field: unknown) => (typeof field === 'string' ? field.replace(/[^a-zA-Z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase()).replace(/^[^a-zA-Z]+/, '').slice(0, 40) : '') || 'targetList'

export const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && (value.length === 0 || value.some((part) => part === undefined || part === '')))

function mapped(filter: Filter, leafOf: (leaf: Leaf) => Leaf): Filter {
  for (const branch of ['and', 'or']) if (Array.isArray(filter[branch])) return { [branch]: (filter[branch] as Filter[]).map((each) => mapped(each, leafOf)) }
  if (typeof filter['not'] === 'object' && filter['not'] !== null) return { not: mapped(filter['not'] as Filter, leafOf) }
  return leafOf(filter)
}
