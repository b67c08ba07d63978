/** What a report asks for that there is not: refused when it is kept, told when it went later. All of it at once, each with its path. */
import { isTime } from '../listing/field-kinds.ts'
import { compileFilter } from '../listing/filter.ts'
import type { ListContext } from '../listing/listable.ts'
import { readQuery } from '../listing/query.ts'
import { type Fault, faultsIn, nulFaults } from '../platform/errors.ts'
import type { Aggregate, Grouping, Question } from './contract.ts'
import { withDefaults } from './questions.ts'
import { aggregateKey, aggregatesAsList, aggregatesOf, aggregateType, groupingKey, type Shape } from './shape.ts'
import { isGroupable, type Source, sourceOf } from './source.ts'

export function faultsOf(shape: Shape, context: ListContext): Fault[] {
  const source = sourceOf(shape.entityType, null)
  if (!source) return [{ path: 'entityType', message: `There is no entity type ${shape.entityType.slice(0, 100)}.` }]
  const ofKind = shape.kind === 'grid' ? gridFaults(shape, source, context) : listFaults(shape, source, context)
  return [...questionsOf(shape).flatMap(({ label, default: value }, index) => nulFaults({ [`questions.${index}`]: `${label} ${String(value)}` })), ...filterFaults(shape, source, context), ...questionFaults(shape), ...columnFaults(shape, source), ...ofKind]
}

/** Besides: what it keeps without using it. A list may have been a grid, and be one again. */
export function faultsOfAll(shape: Shape, context: ListContext): Fault[] {
  const source = sourceOf(shape.entityType, null)
  if (shape.kind === 'grid' || !source) return faultsOf(shape, context)
  return [...faultsOf(shape, context), ...groupingFaults(shape, source), ...havingFaults(shape, source, context), ...chartFaults(shape)]
}

const questionsOf = ({ questions }: Shape): readonly Question[] => questions ?? []
const isColumn = ({ listable }: Source, key: string) => Object.hasOwn(listable.columns, key)

function filterFaults(shape: Shape, { listable }: Source, context: ListContext): Fault[] {
  const { filter, asked } = withDefaults(shape.filter, questionsOf(shape))
  if (filter === null) return []
  const names = new Map(questionsOf(shape).map((question) => [question.name, question.default]))
  const strange = [...asked].filter(([, name]) => !names.has(name)).map(([path, name]) => ({ path, message: `"${name.slice(0, 100)}" is not a question of this report` }))
  // Of what is asked when the report is run, only a default can be judged now.
  const isOpen = (path: string) => asked.has(path) && names.get(asked.get(path)!) === undefined
  return [...strange, ...faultsIn(() => compileFilter(filter, listable, context)).filter(({ path }) => !isOpen(path))]
}

function questionFaults(shape: Shape): Fault[] {
  const questions = questionsOf(shape)
  return questions.flatMap(({ name, default: value }, index) => [
    ...(questions.findIndex((each) => each.name === name) < index ? [{ path: `questions.${index}.name`, message: 'is the name of another question, too' }] : []),
    ...(isPlain(value) || (Array.isArray(value) && value.length <= 1_000 && value.every(isPlain)) ? [] : [{ path: `questions.${index}.default`, message: 'must be a text, a number, true or false, or a list of them' }]),
  ])
}

const isPlain = (value: unknown) => value === null || ['undefined', 'string', 'number', 'boolean'].includes(typeof value)

const columnFaults = ({ columns = [] }: Shape, source: Source): Fault[] =>
  columns.flatMap((key, index) => (isColumn(source, key) ? [] : [{ path: `columns.${index}`, message: `"${key.slice(0, 100)}" is not a field here` }]))

function listFaults(shape: Shape, source: Source, context: ListContext): Fault[] {
  const sort = shape.sort ? faultsIn(() => readQuery(source.listable, { sort: shape.sort! }, context)) : []
  return [...sort, ...aggregateFaults(shape, source)]
}

function gridFaults(shape: Shape, source: Source, context: ListContext): Fault[] {
  return [...groupingFaults(shape, source), ...aggregateFaults(shape, source), ...havingFaults(shape, source, context), ...sortFaults(shape), ...chartFaults(shape)]
}

const keysOf = (shape: Shape) => aggregatesOf(shape).map(aggregateKey)

function havingFaults(shape: Shape, source: Source, context: ListContext): Fault[] {
  if (shape.having === undefined || shape.having === null) return []
  return faultsIn(() => compileFilter(shape.having, aggregatesAsList(aggregatesOf(shape), source, (index) => `a${index}`), context, 'having'))
}

function chartFaults(shape: Shape): Fault[] {
  const [wanted, keys] = [shape.chart?.aggregate, keysOf(shape)]
  return wanted === undefined || keys.includes(wanted) ? [] : [{ path: 'chart.aggregate', message: `must be one of ${keys.join(', ').slice(0, 500)}` }]
}

function groupingFaults({ groupBy = [] }: Shape, source: Source): Fault[] {
  return groupBy.flatMap((grouping, index) => {
    const message = groupingFault(grouping, source) ?? (groupBy.findIndex((each) => groupingKey(each) === groupingKey(grouping)) < index ? 'is grouped by already' : undefined)
    return message === undefined ? [] : [{ path: `groupBy.${index}`, message }]
  })
}

function groupingFault({ field, unit }: Grouping, source: Source): string | undefined {
  if (!isColumn(source, field)) return `"${field.slice(0, 100)}" is not a field here`
  const { type } = source.listable.columns[field]!
  const known = source.fields.find(({ key }) => key === field)
  if (!isGroupable({ type, ...(known?.groupable === false && { groupable: false }) })) return `a field of type ${type} makes no groups: choose one with one value for each row`
  return unit !== undefined && !isTime(type) ? `only dates and times are grouped by ${unit}` : undefined
}

function aggregateFaults(shape: Shape, source: Source): Fault[] {
  return (shape.aggregates ?? []).flatMap((aggregate, index) => {
    const message = aggregateFault(aggregate, source)
    return message === undefined ? [] : [{ path: `aggregates.${index}`, message }]
  })
}

function aggregateFault(aggregate: Aggregate, source: Source): string | undefined {
  const { function: name, field } = aggregate
  if (field === undefined) return name === 'count' ? undefined : `${name} needs a field, like "${name}:amount"`
  if (!isColumn(source, field)) return `"${field.slice(0, 100)}" is not a field here`
  const { type } = source.listable.columns[field]!
  return aggregateType(aggregate, type) === undefined ? `${name} does not fit a field of type ${type}` : undefined
}

function sortFaults(shape: Shape): Fault[] {
  const { sort = '', groupBy = [] } = shape
  if (sort === '') return []
  const known = [...groupBy.flatMap((grouping) => [grouping.field, groupingKey(grouping)]), ...keysOf(shape)]
  return known.includes(sort.replace(/^-/, '')) ? [] : [{ path: 'sort', message: `cannot sort by "${sort.slice(0, 100)}": choose what it is grouped by, or one of its values` }]
}
