/** What crosses the wire about reports: what a report is, what a run answers, and what of it stands on somebody's Home. */
import { z } from 'zod'
import { chartTypes } from '../charts/chart.ts'
import { fieldTypes } from '../listing/listable.ts'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

export const reportKinds = ['list', 'grid'] as const
/** What a report may be about besides the entity types of records. */
export const otherSources = ['Delivery', 'CampaignLog'] as const
export const dateUnits = ['day', 'week', 'month', 'quarter', 'year'] as const
export const aggregateFunctions = ['count', 'sum', 'avg', 'min', 'max'] as const

const fieldName = z.string().min(1).max(200)
const unitOfDate = z.enum(dateUnits)
const shortForm = (form: RegExp, what: string) => z.string().max(220).regex(form, `must be ${what}`).transform((text) => text.split(':'))
const lowerCased = z.string().transform((text) => text.toLowerCase())

/** `"addressCity"` and `"createdAt:month"` are short for the object. Without a unit dates are grouped by day. */
export const Grouping = z.union([
  shortForm(/^[^:]+(:(day|week|month|quarter|year))?$/, 'a field, or a field and a unit like "createdAt:month"')
    .transform(([field, unit]) => ({ field: field!, unit: unit as z.output<typeof unitOfDate> | undefined })),
  z.strictObject({ field: fieldName, unit: unitOfDate.optional() }),
])
/** `"count"` and `"sum:amount"` are short for the object; `COUNT` is `count`. The short form is the aggregate's key in `having`, `sort` and answers. */
export const Aggregate = z.union([
  shortForm(/^(count|sum|avg|min|max)(:[^:]+)?$/i, '"count", or a function and a field like "sum:amount"')
    .transform(([name, field]) => ({ function: name!.toLowerCase() as (typeof aggregateFunctions)[number], field })),
  z.strictObject({ function: lowerCased.pipe(z.enum(aggregateFunctions)), field: fieldName.optional() }),
])
export type Grouping = z.output<typeof Grouping>
export type Aggregate = z.output<typeof Aggregate>

/** `aggregate` is the key of the one that is drawn; the first one where it is left out. A name alone is short for the object. */
export const ChartChoice = z.union([
  z.enum(chartTypes).transform((type) => ({ type, aggregate: undefined })),
  z.strictObject({ type: z.enum(chartTypes), aggregate: z.string().max(220).optional() }),
])

/**
 * Asked when the report is run: a leaf of the filter names it in place of its value, `{"field":"addressCity","op":"equals","value":{"question":"city"}}`.
 * Without an answer its `default` counts; where there is none either, that leaf is left out of the filter.
 */
export const Question = z.strictObject({
  name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,49}$/, 'must be letters and digits, a letter first'),
  label: z.string().trim().min(1).max(200),
  default: z.unknown().optional(),
})
export type Question = z.output<typeof Question>

const name = z.string().trim().min(1, 'A report needs a name.').max(200)
const shape = {
  filter: z.unknown().optional(),
  questions: z.array(Question).max(20).optional(),
  /** Names of fields in their order, own ones and one link deep (`account.industry`); none for the source's own. */
  columns: z.array(fieldName).max(50).optional(),
  /** Of a list a column, of a grid a grouping's field or an aggregate's key; `-` before it for descending. */
  sort: emptiable(z.string().max(220)).optional(),
  groupBy: z.array(Grouping).max(2, 'A report groups by two fields at most.').optional(),
  /** Of a grid its values (`count` where none is given), of a list its totals. */
  aggregates: z.array(Aggregate).max(20).optional(),
  /** Which groups are kept: a filter tree over the aggregates' keys. */
  having: z.unknown().optional(),
  chart: ChartChoice.nullable().optional(),
}
const about = {
  description: emptiable(z.string().max(10_000)).optional(),
  category: emptiable(z.string().trim().max(200)).optional(),
  assignedUserId: z.string().nullable().optional(),
  teamIds: z.array(z.string()).max(100).optional(),
}
const source = { entityType: z.string(), kind: z.enum(reportKinds) }

export const Report = z.object({
  id: z.string(), name: z.string(), description: z.string(), category: z.string(),
  entityType: z.string(), kind: z.enum(reportKinds),
  /** As it was given; null for none. */
  filter: z.unknown(),
  questions: z.array(Question), columns: z.array(z.string()), sort: z.string(),
  groupBy: z.array(z.object({ field: z.string(), unit: unitOfDate.optional() })),
  aggregates: z.array(z.object({ function: z.enum(aggregateFunctions), field: z.string().optional() })),
  having: z.unknown(),
  chart: z.object({ type: z.enum(chartTypes), aggregate: z.string().optional() }).nullable(),
  assignedUserId: z.string().nullable(), assignedUserName: z.string().nullable(), teamIds: z.array(z.string()),
  /** Whether it stands on the Home of whoever asks. */
  pinned: z.boolean(),
  /** What of it can no longer be asked for, for example a field that was removed. Empty when all is well. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
  createdAt: z.string(), modifiedAt: z.string(), version: z.number(),
})
export type Report = z.output<typeof Report>

export const listReports = endpoint('GET /api/v1/reports', {
  allow: 'some:Report', summary: 'Reports', query: listQuery, result: pageOf(Report.partial()),
})
export const createReport = endpoint('POST /api/v1/reports', {
  allow: 'signedIn', summary: 'Keep a report', status: 201,
  body: z.strictObject({ name: name.optional(), ...source, ...shape, ...about }), result: Report,
})
export const getReport = endpoint('GET /api/v1/reports/:id', { allow: 'signedIn', summary: 'A report', params: byId, result: Report })
export const changeReport = endpoint('PATCH /api/v1/reports/:id', {
  allow: 'signedIn', summary: 'Change a report', params: byId,
  body: z.strictObject({ name: name.optional(), entityType: source.entityType.optional(), kind: source.kind.optional(), ...shape, ...about }), result: Report,
})
export const removeReport = endpoint('DELETE /api/v1/reports/:id', { allow: 'signedIn', summary: 'Delete a report that no target list is kept in step with', params: byId })
export const duplicateReport = endpoint('POST /api/v1/reports/:id/duplicate', {
  allow: 'signedIn', summary: 'The same report under another name', status: 201, params: byId, body: z.strictObject({ name: name.optional() }), result: Report,
})

/** What a report can be about, and the fields that can be its columns, filters, groups and values. */
export const ReportField = z.object({
  key: z.string(), label: z.string(), type: z.enum(fieldTypes), options: z.array(z.string()).nullable(),
  /** The link it is reached by, in words (`Account`); null for the source's own. */
  through: z.string().nullable(),
  /** `summable`: sum and avg. `ranged`: min and max, of times too. */
  groupable: z.boolean(), sortable: z.boolean(), summable: z.boolean(), ranged: z.boolean(),
  /** The entity type that a link leads to. */
  linksTo: z.string().nullable(),
})
export const ReportSource = z.object({
  /** As a report's `entityType`. */
  name: z.string(), plural: z.string(),
  /** Where its rows are shown as a list of records; null for deliveries and the log. */
  slug: z.string().nullable(),
  /** Its rows are people or companies, or stand for one: such a list can fill a target list. */
  fillsTargetLists: z.boolean(),
  fields: z.array(ReportField), defaultColumns: z.array(z.string()),
})
export type ReportField = z.output<typeof ReportField>
export type ReportSource = z.output<typeof ReportSource>
export const listReportSources = endpoint('GET /api/v1/report-sources', {
  allow: 'some:Report', summary: 'What reports can be about, with the fields of each', result: pageOf(ReportSource),
})

const run = {
  /** By the names of the questions. */
  answers: z.record(z.string(), z.unknown()).default({}),
  limit: z.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
  /** In place of the report's own. */
  sort: z.string().max(220).optional(),
}
const unsaved = z.strictObject({ ...source, ...shape, ...run })

export const RunColumn = z.object({ key: z.string(), label: z.string(), type: z.enum(fieldTypes) })
/** Beside the id of a link stands its name: `accountId` brings `accountName`, `teamIds` `teamNames`, null where it may not be seen. Deliveries and log entries bring `entityType` and `recordId`. */
export const ListRun = z.object({
  kind: z.literal('list'), columns: z.array(RunColumn), items: z.array(z.looseObject({ id: z.string() })),
  next: z.string().nullable(), total: z.number(), totalIsEstimate: z.boolean(),
  /** By the aggregates' keys, over all rows of the report; with the first page only. Null where amounts are of several currencies. */
  totals: z.record(z.string(), z.union([z.number(), z.string()]).nullable()),
})
/**
 * `group` has the raw values in the order of `groupBy` (of a date the first day of its unit; null for "empty"), `labels` the same for people.
 * What a cell counts is exactly what its rows (POST …/rows with that `group`) are.
 */
export const GridRow = z.object({
  group: z.array(z.union([z.string(), z.number(), z.boolean()]).nullable()), labels: z.array(z.string()),
  values: z.record(z.string(), z.union([z.number(), z.string()]).nullable()),
})
export const GridRun = z.object({
  kind: z.literal('grid'),
  groups: z.array(RunColumn.extend({ unit: unitOfDate.nullable() })), aggregates: z.array(RunColumn), rows: z.array(GridRow),
  totals: z.record(z.string(), z.union([z.number(), z.string()]).nullable()),
  /** More groups than are shown; the rows are the first of them in the report's order. */
  truncated: z.boolean(),
})
export type ListRun = z.output<typeof ListRun>
export type GridRun = z.output<typeof GridRun>
export type ReportRun = ListRun | GridRun

export const runReport = endpoint('POST /api/v1/reports/:id/run', {
  allow: 'signedIn', summary: 'Run a report with the rights of whoever asks', params: byId, body: z.strictObject(run), result: z.union([ListRun, GridRun]), status: 200,
})
export const previewReport = endpoint('POST /api/v1/report-preview', {
  allow: 'some:Report', summary: 'Run a report that is not kept yet', body: unsaved, result: z.union([ListRun, GridRun]), status: 200,
})
const group = { group: z.array(z.union([z.string(), z.number(), z.boolean()]).nullable()).max(2).optional() }
export const listReportRows = endpoint('POST /api/v1/reports/:id/rows', {
  allow: 'signedIn', summary: 'The rows behind a cell of a grid: `group` as the run answered it, one value for a whole line, none for all', params: byId,
  body: z.strictObject({ ...run, ...group, columns: z.array(fieldName).max(50).optional() }),
  /** `filter` finds the same in the list of records, where the source has one. */
  result: ListRun.extend({ filter: z.unknown() }), status: 200,
})

export const listPins = endpoint('GET /api/v1/report-pins', {
  allow: 'signedIn', summary: 'The reports that stand on one\'s Home, in their order', result: z.object({ items: z.array(Report) }),
})
export const setPins = endpoint('PUT /api/v1/report-pins', {
  allow: 'signedIn', summary: 'Choose them', body: z.strictObject({ reportIds: z.array(z.string()).max(12, 'Twelve reports find room on Home.') }), result: z.object({ items: z.array(Report) }),
})
