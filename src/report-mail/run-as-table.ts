/** A run of a report as a table of a mail: the first rows as people read them. Pure. */
import { cellOf } from '../exchange/cell.ts'
import type { FieldType } from '../listing/listable.ts'
import type { GridRun, ListRun, ReportRun } from '../reports/contract.ts'
import { nameKeyOf } from '../reports/link-labels.ts'
import { dateAndTime } from '../platform/date-and-time.ts'
import type { Part } from '../system-mail/letter.ts'

export type RunTable = Extract<Part, { kind: 'table' }> & { total: number; totalIsEstimate: boolean }

export const tableOfRun = (run: ReportRun, most: number, timeZone: string): RunTable => (run.kind === 'grid' ? gridTable(run, most, timeZone) : listTable(run, most, timeZone))

function listTable({ columns, items, total, totalIsEstimate }: ListRun, most: number, timeZone: string): RunTable {
  return {
    kind: 'table', heads: columns.map(({ label }) => label), numeric: columns.map(({ type }) => isNumeric(type)), total, totalIsEstimate,
    rows: items.slice(0, most).map((item) => columns.map(({ key, type }) => cellText(item[nameKeyOf(key)] ?? item[key], type, timeZone))),
  }
}

function gridTable({ groups, aggregates, rows, totals, truncated }: GridRun, most: number, timeZone: string): RunTable {
  const values = (of: GridRun['totals']) => aggregates.map(({ key, type }) => cellText(of[key], type, timeZone))
  return {
    kind: 'table', heads: [...groups, ...aggregates].map(({ label }) => label), numeric: [...groups.map(() => false), ...aggregates.map(({ type }) => isNumeric(type))], total: rows.length, totalIsEstimate: truncated,
    rows: [
      ...rows.slice(0, most).map(({ labels, values: of }) => [...labels, ...values(of)]),
      ...(groups.length > 0 && rows.length > 1 ? [[...groups.map((_, index) => (index === 0 ? 'Total' : '')), ...values(totals)]] : []),
    ],
  }
}

const isNumeric = (type: FieldType) => ['integer', 'decimal', 'currency'].includes(type)

export function cellText(value: unknown, type: FieldType, timeZone: string): string {
  if (value === null || value === undefined || value === '') return '–'
  if (type === 'dateTime' && typeof value === 'string' && !Number.isNaN(Date.parse(value))) return dateAndTime(new Date(value), timeZone)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return value.toLocaleString('en')
  if (Array.isArray(value)) return value.map((each) => cellOf(each)).join(', ')
  return shortened(cellOf(value))
}

/** A field of ten thousand letters would fill the mail by itself. */
const shortened = (text: string) => (text.length > 200 ? `${text.slice(0, 199)}…` : text)
