/** The rows of a grid in blocks of their first group, with what can be added up of each. */
import { numberOf } from '../../../src/charts/of-grid.ts'
import type { GridRun } from '../../../src/reports/contract.ts'
import type { GroupValue } from './groups.ts'

type Row = GridRun['rows'][number]
export type Block = { value: GroupValue; label: string; rows: Row[]; totals: Record<string, number | string | null> }

/** In the order in which the first of each came. */
export function blocksOf(run: GridRun): Block[] {
  const blocks = new Map<GroupValue, Row[]>()
  for (const row of run.rows) {
    const value = row.group[0] ?? null
    const rows = blocks.get(value)
    if (rows) rows.push(row)
    else blocks.set(value, [row])
  }
  return [...blocks].map(([value, rows]) => ({ value, label: rows[0]!.labels[0] ?? '', rows, totals: Object.fromEntries(run.aggregates.map(({ key }) => [key, together(key, rows)])) }))
}

/** Numbers and sums add up, the lowest and highest are found again; the average of averages would be wrong. */
function together(key: string, rows: Row[]): number | string | null {
  const given = rows.map(({ values }) => values[key]).filter((value) => value !== null && value !== undefined)
  if (given.length === 0 || key.startsWith('avg')) return null
  const numbers = given.map(numberOf)
  // Times are texts that order as they are written.
  if (!numbers.every((number) => number !== null)) return key.startsWith('min') ? given.map(String).toSorted()[0]! : key.startsWith('max') ? given.map(String).toSorted().at(-1)! : null
  if (key.startsWith('min')) return Math.min(...numbers)
  if (key.startsWith('max')) return Math.max(...numbers)
  return numbers.reduce((total, value) => total + value, 0)
}
