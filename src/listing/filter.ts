/** The filter language: a tree of and, or, not and leaves becomes one SQL condition; everything wrong with it is named at once. */
import { type RawBuilder, sql } from 'kysely'
import { type Fault as InputFault, invalid } from '../platform/errors.ts'
import { activities, type ActivityLeaf, type Listable, type ListContext, type RelatedColumn } from './listable.ts'
import { allOperators, negation, type Operator, operatorsOf, oppositeOf } from './operators.ts'
import * as read from './values.ts'

export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { field: string; op: string; value?: unknown }
  | { op: 'memberOf' | 'notMemberOf'; value: string[] }
  | ActivityLeaf

/** Deeper or larger trees are a mistake or an attack; a person's filter has a dozen leaves. */
const deepest = 30
const mostNodes = 2_000

type Walk = { listable: Listable; context: ListContext; faults: InputFault[]; nodes: number }
type Condition = RawBuilder<boolean>

const always = sql<boolean>`true`
const never = sql<boolean>`false`

/** `filter` may come from anywhere; throws 400 with one fault for each wrong place, its path beginning with `at`. */
export function compileFilter(filter: unknown, listable: Listable, context: ListContext, at = 'filter'): Condition {
  const walk: Walk = { listable, context, faults: [], nodes: 0 }
  const condition = node(filter, at, 0, walk)
  if (walk.faults.length > 0) throw invalid(walk.faults)
  return condition
}

function node(tree: unknown, path: string, depth: number, walk: Walk): Condition {
  walk.nodes += 1
  if (depth > deepest) return fault(walk, path, `is nested deeper than ${deepest} levels`)
  if (walk.nodes > mostNodes) return walk.nodes === mostNodes + 1 ? fault(walk, path, `is one of more than ${mostNodes} conditions`) : never
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) {
    return fault(walk, path, 'must be an object with and, or, not, field, op or activity')
  }
  const keys = Object.keys(tree)
  const branch = (['and', 'or', 'not'] as const).find((key) => Object.hasOwn(tree, key))
  if (branch && keys.length > 1) return fault(walk, path, `must have nothing beside "${branch}"`)
  if (branch === 'not') return negated((tree as { not: unknown }).not, `${path}.not`, depth + 1, walk)
  if (branch) return branches(branch, (tree as Record<string, unknown>)[branch], `${path}.${branch}`, depth, walk)
  return leaf(tree as Record<string, unknown>, path, walk)
}

/** Whether something exists is never unknown, and of a plain NOT EXISTS PostgreSQL makes a join instead of a look-up for each row. */
function negated(tree: unknown, path: string, depth: number, walk: Walk): Condition {
  const condition = node(tree, path, depth, walk)
  const asksForExistence = typeof tree === 'object' && tree !== null && ('activity' in tree || ('op' in tree && !('field' in tree)))
  return asksForExistence ? sql<boolean>`not (${condition})` : negation(condition)
}

function branches(kind: 'and' | 'or', trees: unknown, path: string, depth: number, walk: Walk): Condition {
  if (!Array.isArray(trees)) return fault(walk, path, 'must be a list of conditions')
  if (trees.length === 0) return kind === 'and' ? always : never
  const conditions = trees.map((tree, index) => node(tree, `${path}.${index}`, depth + 1, walk))
  return sql<boolean>`(${sql.join(conditions, kind === 'and' ? sql` and ` : sql` or `)})`
}

function leaf(tree: Record<string, unknown>, path: string, walk: Walk): Condition {
  try {
    if (Object.hasOwn(tree, 'activity')) return activityLeaf(tree, walk)
    return Object.hasOwn(tree, 'field') ? fieldLeaf(tree, walk) : membershipLeaf(tree, walk)
  } catch (error) {
    if (!(error instanceof read.Fault)) throw error
    return fault(walk, error.at ? `${path}.${error.at}` : path, error.message)
  }
}

function fieldLeaf(tree: Record<string, unknown>, { listable, context }: Walk): Condition {
  only(tree, ['field', 'op', 'value'])
  const own = typeof tree.field === 'string' && Object.hasOwn(listable.columns, tree.field) ? listable.columns[tree.field] : undefined
  const related = own || typeof tree.field !== 'string' ? undefined : listable.related?.(tree.field)
  const column = own ?? related?.column
  if (!column) throw new read.Fault(`is not a field here: ${said(tree.field)}`, 'field')
  const operators = operatorsOf[column.type]
  const operator = typeof tree.op === 'string' && Object.hasOwn(operators, tree.op) ? operators[tree.op] : undefined
  if (operator && related) return amongMany(related, tree.op as string, operators, tree.value, context)
  if (operator) return operator(tree.value, column, context)
  const why = allOperators.has(tree.op as string) ? `does not fit a field of type ${column.type}` : 'is not an operator'
  throw new read.Fault(`${said(tree.op)} ${why}; it has ${Object.keys(operators).join(', ')}`, 'op')
}

function amongMany({ column, some }: RelatedColumn, op: string, operators: Record<string, Operator>, value: unknown, context: ListContext): Condition {
  const positive = oppositeOf[op]
  const found = some(operators[positive ?? op]!(value, column, context))
  return positive ? sql<boolean>`not (${found})` : found
}

function membershipLeaf(tree: Record<string, unknown>, { listable }: Walk): Condition {
  if (tree.op !== 'memberOf' && tree.op !== 'notMemberOf') throw new read.Fault('must have and, or, not, field, activity or op memberOf', '')
  only(tree, ['op', 'value'])
  if (!listable.memberOf) throw new read.Fault('target lists are not asked for here', 'op')
  const member = listable.memberOf(read.ids(tree.value))
  return tree.op === 'memberOf' ? member : sql<boolean>`not (${member})`
}

function activityLeaf(tree: Record<string, unknown>, { listable, context }: Walk): Condition {
  only(tree, ['activity', 'campaignId', 'campaignIds', 'lastCampaigns', 'massEmailId', 'trackingUrlId', 'withinDays'])
  if (!listable.activity) throw new read.Fault('activities are not asked for here', 'activity')
  if (!(activities as readonly unknown[]).includes(tree.activity)) throw new read.Fault(`must be one of ${activities.join(', ')}`, 'activity')
  for (const key of ['campaignId', 'massEmailId', 'trackingUrlId']) if (tree[key] !== undefined) under(key, () => read.text(tree[key]))
  if (tree.campaignIds !== undefined) under('campaignIds', () => read.listOf(read.text)(tree.campaignIds))
  if (tree.lastCampaigns !== undefined) under('lastCampaigns', () => read.wholeFrom(1, 50)(tree.lastCampaigns))
  if (tree.withinDays !== undefined) under('withinDays', () => read.dayCount(tree.withinDays))
  return listable.activity(tree as ActivityLeaf, context)
}

/** Runs a check of a value and names the key it belongs to. */
function under(key: string, check: () => unknown) {
  try {
    check()
  } catch (error) {
    throw error instanceof read.Fault ? new read.Fault(error.message, key) : error
  }
}

function only(tree: object, known: string[]) {
  const unknown = Object.keys(tree).find((key) => !known.includes(key))
  if (unknown !== undefined) throw new read.Fault('is not known here', unknown)
}

function fault(walk: Walk, path: string, message: string): Condition {
  walk.faults.push({ path, message })
  return never
}

const said = (value: unknown): string => JSON.stringify(value)?.slice(0, 100) ?? 'nothing'
