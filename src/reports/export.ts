/** A run of a report as a file: all rows of a list, or the groups of a grid with their values. Links are written by name. */
import { type Actor, expectMay } from '../access/actor.ts'
import { cellOf } from '../exchange/cell.ts'
import { byteOrderMark, csvLine } from '../exchange/csv-text.ts'
import { type SheetColumn, xlsxFile } from '../exchange/xlsx-write.ts'
import type { Item } from '../listing/list.ts'
import type { ListContext } from '../listing/listable.ts'
import { readQuery } from '../listing/query.ts'
import type { Db } from '../platform/db.ts'
import { type Asked, asked } from './asked.ts'
import { gridRun } from './grid-run.ts'
import type { GroupValue } from './grouping.ts'
import { nameKeyOf, withLinkNames } from './link-labels.ts'
import { columnsOf } from './list-run.ts'
import { streamRows } from './row-stream.ts'
import { type RunOptions, sortedBy } from './run.ts'
import type { Shape } from './shape.ts'
import type { Source } from './source.ts'

type Table = { columns: SheetColumn[]; rows: AsyncGenerator<unknown[][]> }

const mostGroups = 100_000

/** Everything that can be wrong with the report or its answers is thrown before the first piece. */
export async function exportReport(
  db: Db, actor: Actor, report: Shape & { name: string }, kind: 'csv' | 'xlsx', { answers = {}, sort }: RunOptions, context: ListContext,
): Promise<AsyncGenerator<string | Buffer>> {
  expectMay(actor, 'export')
  const shape = sort === undefined ? report : sortedBy(report, sort, context)
  const ready = asked(shape, actor, answers, context)
  const { columns, rows } = await (shape.kind === 'grid' ? gridTable : listTable)(db, actor, ready, shape, context)
  return kind === 'csv' ? csvPieces(columns, rows) : xlsxFile(sheetNameOf(report.name), columns, rows)
}

/** A sheet's name has at most 31 characters and none of these; a second sheet's number follows it. */
const sheetNameOf = (name: string) => name.replace(/[\\/?*[\]:'\p{Cc}]/gu, ' ').trim().slice(0, 26) || 'Report'

async function* csvPieces(columns: SheetColumn[], rows: AsyncGenerator<unknown[][]>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns.map(({ name }) => name))
  for await (const batch of rows) yield batch.map((values) => csvLine(values.map(cellOf))).join('')
}

async function listTable(db: Db, actor: Actor, { source, filter, where }: Asked, { columns = [], sort }: Shape, context: ListContext): Promise<Table> {
  const keys = columns.length > 0 ? columns : source.defaultColumns
  const read = readQuery(source.listable, { filter: filter ?? undefined, fields: [...new Set(keys)].join(','), ...(sort && { sort }) }, context)
  const batches = await streamRows(db, { listable: source.listable, where, sort: read.sort, fields: read.fields })
  return {
    columns: columnsOf(source, keys).map(({ label, type, key }) => ({ name: label, type: linksTo(source, key) ? 'text' : type })),
    rows: cellsOf(db, actor, source, keys, batches),
  }
}

const linksTo = ({ fields }: Source, key: string) => fields.some((field) => field.key === key && field.linksTo !== undefined)

async function* cellsOf(db: Db, actor: Actor, source: Source, keys: readonly string[], batches: AsyncGenerator<Item[]>): AsyncGenerator<unknown[][]> {
  const shown = keys.map((key) => (linksTo(source, key) ? nameKeyOf(key) : key))
  for await (const batch of batches) yield (await withLinkNames(db, actor, source, keys, batch)).map((item) => shown.map((key) => item[key]))
}

async function gridTable(db: Db, actor: Actor, ready: Asked, shape: Shape, context: ListContext): Promise<Table> {
  const { groups, aggregates, rows } = await gridRun(db, actor, ready, shape, context, mostGroups)
  // Programs read and sort a day as it is written in ISO 8601.
  const nameOf = (label: string, value: GroupValue, index: number) => (groups[index]!.unit === 'day' && value !== null ? value : label)
  const cells = rows.map(({ group, labels, values }) => [...labels.map((label, index) => nameOf(label, group[index]!, index)), ...aggregates.map(({ key }) => values[key])])
  return {
    columns: [...groups.map(({ label }): SheetColumn => ({ name: label, type: 'text' })), ...aggregates.map(({ label, type }) => ({ name: label, type }))],
    rows: (async function* one() { yield cells })(),
  }
}
