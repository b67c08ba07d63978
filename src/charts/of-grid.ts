/** A chart of a grid's answer (src/reports/contract.ts, GridRun): the first group along the axis, the second as series. Pure; says too which group a picked mark stands for. */
import type { Chart, ChartType } from './chart.ts'
import { type DateUnit, dateWords, withoutHoles } from './date-groups.ts'

type GroupValue = string | number | boolean | null
type Grid = {
  groups: { key: string; label: string; unit: DateUnit | null }[]
  aggregates: { key: string; label: string }[]
  rows: { group: GroupValue[]; labels: string[]; values: Record<string, number | string | null> }[]
}
type Line = { value: GroupValue; label: string }

/** `groupOf` answers what `POST …/rows` takes as `group`; a whole category where the series stands for several. */
export type GridChart = { chart: Chart; groupOf: (picked: { categoryIndex: number; seriesIndex: number | null }) => GroupValue[] }

export function chartOfGrid(grid: Grid, { type, aggregate }: { type: ChartType; aggregate?: string | undefined }, title: string, locale?: string): GridChart {
  const drawn = grid.aggregates.find(({ key }) => key === aggregate) ?? grid.aggregates[0]
  const summable = /^(count|sum)(:|$)/.test(drawn?.key ?? '')
  const ordered = Boolean(grid.groups[0]?.unit)
  const categories = inTime(linesOf(grid, 0), grid.groups[0]?.unit, locale)
  const lines = grid.groups.length > 1 ? inTime(linesOf(grid, 1), grid.groups[1]?.unit, locale) : [{ value: null, label: drawn?.label ?? '' }]
  const values = new Map(grid.rows.map((row) => [keyOf(row.group), numberOf(row.values[drawn?.key ?? ''])]))
  const groupOf = (category: number, line: number | null) => [categories[category]!.value, ...(grid.groups.length > 1 && line !== null ? [lines[line]!.value] : [])]
  const series = lines.map(({ label, value }, line) => ({
    // No row means that nothing was counted; the average of nothing is nothing.
    key: `${typeof value}:${value}`, label, values: categories.map((_, category) => values.get(keyOf(groupOf(category, line))) ?? (summable ? 0 : null)),
  }))
  return {
    chart: { type, title, categories: categories.map(({ label }) => label), series, ordered, summable },
    groupOf: ({ categoryIndex, seriesIndex }) => groupOf(categoryIndex, seriesIndex),
  }
}

/** Each value of a group once, in the order of the rows. A grid without groups has one line for all. */
function linesOf({ groups, rows }: Grid, at: number): Line[] {
  if (groups.length === 0) return rows.map(() => ({ value: null, label: 'All' }))
  const lines = new Map<string, Line>()
  for (const { group, labels } of rows) {
    const line = { value: group[at] ?? null, label: labels[at] ?? '' }
    const key = keyOf([line.value])
    if (!lines.has(key)) lines.set(key, line)
  }
  return [...lines.values()]
}

/** Time runs from left to right whatever the report is ordered by, also where nothing was counted; rows without a date come last. */
function inTime(lines: Line[], unit: DateUnit | null | undefined, locale: string | undefined): Line[] {
  if (!unit) return lines
  const days = lines.map(({ value }) => value).filter((value): value is string => typeof value === 'string')
  // The groups' own spelling is what their rows are asked by.
  const own = new Map(days.map((day) => [day.slice(0, 10), day]))
  const filled = withoutHoles(days, unit).map((day) => ({ value: own.get(day) ?? day, label: dateWords(day, unit, locale) }))
  return [...filled, ...lines.filter(({ value }) => typeof value !== 'string')]
}

const keyOf = (group: GroupValue[]) => JSON.stringify(group)

/** A value that is a number: the earliest and the latest of times are texts. */
export const numberOf = (value: number | string | null | undefined): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
