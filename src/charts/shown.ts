/** What of a chart is drawn: cleaned texts, finite numbers, and no more categories and series than find room; the rest together or left out, and said. Pure. */
import type { Chart, ChartSeries, ChartType } from './chart.ts'
import { cleaned } from './text.ts'

export type ShownSeries = { key: string; label: string; index: number | null; values: (number | null)[]; color: string | undefined }
export type Shown = {
  type: ChartType
  ordered: boolean
  categories: { label: string; index: number | null; color?: string | undefined }[]
  series: ShownSeries[]
  /** Sentences about what is not drawn as it was given. */
  notes: string[]
}

/** Larger ones are drawn as this: sums of many stay finite. */
const largest = 1e300

export function shownOf(chart: Chart): Shown {
  const finite = (value: number | null | undefined) => (typeof value === 'number' && Number.isFinite(value) ? Math.max(-largest, Math.min(largest, value)) : null)
  return {
    type: chart.type,
    ordered: chart.ordered ?? false,
    categories: chart.categories.map((label, index) => ({ label: labelOf(label), index, color: chart.colors?.[index] })),
    series: chart.series.map(({ key, label, values, color }, index) => ({
      key, label: labelOf(label), index, color, values: chart.categories.map((_, category) => finite(values[category])),
    })),
    notes: [],
  }
}

/** A label of thousands of letters would be measured letter by letter. */
const labelOf = (text: string) => cleaned(Array.from(text.slice(0, 400)).slice(0, 200).join('')) || '(empty)'

/** At most `most` categories: of ordered ones the last, of others the largest in their order and the rest as one. */
export function withCategories(shown: Shown, most: number, summable: boolean): Shown {
  const count = shown.categories.length
  if (count <= most) return shown
  if (shown.ordered) return { ...pickCategories(shown, indexesFrom(count - most, count)), notes: [...shown.notes, `The last ${most} of ${count.toLocaleString('en')}.`] }
  const kept = largestOf(count, (index) => sizeOfCategory(shown, index), summable ? most - 1 : most)
  const rest = indexesFrom(0, count).filter((index) => !kept.includes(index))
  const picked = pickCategories(shown, kept)
  if (!summable) return { ...picked, notes: [...shown.notes, `The ${kept.length} largest of ${count.toLocaleString('en')}.`] }
  return {
    ...picked,
    categories: [...picked.categories, { label: 'Others', index: null }],
    series: picked.series.map((series, at) => ({ ...series, values: [...series.values, sumOf(rest.map((index) => shown.series[at]!.values[index]!))] })),
    notes: [...shown.notes, `The ${kept.length} largest of ${count.toLocaleString('en')}; the other ${rest.length.toLocaleString('en')} together as Others.`],
  }
}

/** At most `most` series, in the same way. */
export function withSeries(shown: Shown, most: number, summable: boolean): Shown {
  const count = shown.series.length
  if (count <= most) return shown
  const kept = largestOf(count, (index) => sizeOfSeries(shown.series[index]!), summable ? most - 1 : most)
  const series = kept.map((index) => shown.series[index]!)
  if (!summable) return { ...shown, series, notes: [...shown.notes, `${kept.length} of ${count} series.`] }
  const rest = shown.series.filter((_, index) => !kept.includes(index))
  const others: ShownSeries = { key: 'others', label: 'Others', index: null, color: undefined, values: shown.categories.map((_, at) => sumOf(rest.map(({ values }) => values[at]!))) }
  return { ...shown, series: [...series, others], notes: [...shown.notes, `The ${kept.length} largest of ${count} series; the other ${rest.length} together as Others.`] }
}

/** One series with the sums of all: for forms that know only one, a pie or a funnel. */
export function asOneSeries(shown: Shown): Shown {
  const [first] = shown.series
  if (!first || shown.series.length === 1) return shown
  return { ...shown, series: [{ ...first, key: 'all', label: 'All', index: null, values: shown.categories.map((_, at) => sumOf(shown.series.map(({ values }) => values[at]!))) }] }
}

/** Null when all are. */
export const sumOf = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((sum, value) => (value === null ? sum : (sum ?? 0) + value), null)

const indexesFrom = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
const sizeOfSeries = ({ values }: Pick<ChartSeries, 'values'>) => values.reduce<number>((sum, value) => sum + Math.abs(value ?? 0), 0)
const sizeOfCategory = ({ series }: Shown, index: number) => series.reduce((sum, { values }) => sum + Math.abs(values[index] ?? 0), 0)

/** The places of the largest, in their order. */
const largestOf = (count: number, sizeOf: (index: number) => number, most: number) =>
  indexesFrom(0, count).map((index) => ({ index, size: sizeOf(index) })).toSorted((a, b) => b.size - a.size || a.index - b.index)
    .slice(0, most).map(({ index }) => index).toSorted((a, b) => a - b)

const pickCategories = (shown: Shown, kept: number[]): Shown => ({
  ...shown, categories: kept.map((index) => shown.categories[index]!), series: shown.series.map((series) => ({ ...series, values: kept.map((index) => series.values[index]!) })),
})
