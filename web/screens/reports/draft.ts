/** A report while it is being built: from what is kept, to what is kept. No reading here. */
import type { Aggregate, Grouping, Report, ReportSource } from '../../../src/reports/contract.ts'
import type { ChartType } from '../../../src/charts/chart.ts'
import type { Filter } from '../../ui/filter.ts'
import { takenApart, withQuestions } from './questions.ts'

export type Draft = {
  name: string
  description: string
  category: string
  teamIds: string[]
  entityType: string
  kind: 'list' | 'grid'
  /** Questions stand in it, where their values would. */
  filter: Filter | undefined
  columns: string[]
  /** What a list adds up below its rows, and what a grid shows of each group. */
  totals: Aggregate[]
  groupBy: Grouping[]
  aggregates: Aggregate[]
  having: Filter | undefined
  /** Of each kind its own: a column is no group. */
  listSort: string
  gridSort: string
  chart: { type: ChartType; aggregate?: string | undefined } | null
}

/** As addresses carry a beginning: examples, and "make a report of this filter". */
export type Beginning = Partial<Draft> & { entityType: string }

export const blankDraft = (entityType: string): Draft => ({
  name: '', description: '', category: '', teamIds: [], entityType, kind: 'list', filter: undefined, columns: [], totals: [],
  groupBy: [], aggregates: [{ function: 'count', field: undefined }], having: undefined, listSort: '', gridSort: '', chart: null,
})

export const draftOfBeginning = (beginning: Beginning): Draft => ({ ...blankDraft(beginning.entityType), ...beginning })

export function draftOf(report: Report): Draft {
  const { name, description, category, teamIds, entityType, kind, columns, groupBy, sort, chart } = report
  const values = report.aggregates.map(({ function: by, field }): Aggregate => ({ function: by, field }))
  const isList = kind === 'list'
  return {
    ...blankDraft(entityType), name, description, category, teamIds, kind, columns, groupBy: groupBy.map(({ field, unit }) => ({ field, unit })),
    filter: withQuestions((report.filter as Filter | null) ?? undefined, report.questions), having: (report.having as Filter | null) ?? undefined,
    ...(isList ? { totals: values, listSort: sort } : { gridSort: sort, ...(values.length > 0 && { aggregates: values }) }), chart,
  }
}

/** What a run needs to know. Each kind is given only what it knows: a list has no chart. */
export function shapeOf(draft: Draft) {
  const { entityType, kind, columns, totals, groupBy, aggregates, having, listSort, gridSort, chart } = draft
  const { filter, questions } = takenApart(draft.filter)
  const about = { entityType, kind, filter: filter ?? null, questions }
  if (kind === 'list') return { ...about, columns, aggregates: totals.filter(isWhole), sort: listSort, groupBy: [], having: null, chart: null }
  return { ...about, columns: [], groupBy, aggregates: aggregates.filter(isWhole), having: having ?? null, sort: gridSort, chart }
}

export function bodyOf(draft: Draft, name: string) {
  const { description, category, teamIds } = draft
  return { ...shapeOf(draft), name, description, category: category.trim(), teamIds }
}

/** Another subject has other fields: only what says nothing of fields stays. */
export const aboutSomethingElse = (draft: Draft, entityType: string): Draft => {
  const { name, description, category, teamIds, kind } = draft
  return { ...blankDraft(entityType), name, description, category, teamIds, kind }
}

export const isUntouched = ({ filter, columns, groupBy, totals, having }: Draft) => !filter && columns.length === 0 && groupBy.length === 0 && totals.length === 0 && !having

/** `count`, `sum:amount`: the key of a value in answers, order and conditions. */
export const keyOf = ({ function: by, field }: Aggregate): string => (field === undefined ? by : `${by}:${field}`)

/** `createdAt:month`: the key of a group in answers and order. */
export const groupKey = ({ field, unit }: Grouping): string => (unit === undefined ? field : `${field}:${unit}`)

/** Groups and values that went take with them what was ordered or drawn by them. */
export function tidied(draft: Draft): Draft {
  const keys = [...draft.groupBy.map(groupKey), ...draft.aggregates.map(keyOf)]
  const gridSort = keys.includes(draft.gridSort.replace(/^-/, '')) ? draft.gridSort : ''
  const drawn = draft.chart?.aggregate
  const chart = draft.chart && drawn !== undefined && !keys.includes(drawn) ? { type: draft.chart.type } : draft.chart
  return { ...draft, gridSort, chart }
}

/** A function of which the field is still to be chosen is not asked for. */
const isWhole = ({ function: by, field }: Aggregate) => by === 'count' || field !== undefined

/** Why it cannot be run yet, in words, or nothing. */
export function missingIn({ kind, groupBy, aggregates }: Draft): string | undefined {
  if (kind === 'list') return undefined
  return groupBy.length === 0 ? 'Choose what to group by.' : aggregates.some(isWhole) ? undefined : 'Choose what to show of each group.'
}

/** Why it cannot be saved yet. */
export const unfinishedIn = (draft: Draft): string | undefined =>
  missingIn(draft) ?? ((draft.kind === 'list' ? draft.totals : draft.aggregates).every(isWhole) ? undefined : 'Choose the field that is to be added up, or take it out.')

export const fieldOf = (source: ReportSource, key: string) => source.fields.find((field) => field.key === key)
