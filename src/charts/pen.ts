/** How a drawing writes and colours: the same for every kind of chart. Pure. */
import { fullNumber, shortNumber } from './numbers.ts'
import type { Mark, Shape, TextShape } from './scene.ts'
import type { Shown, ShownSeries } from './shown.ts'
import type { ChartTheme } from './theme.ts'

export type Pen = {
  theme: ChartTheme
  locale: string | undefined
  /** Of axis labels, in pixels. */
  size: number
  full: (value: number | null) => string
  short: (value: number) => string
}

/** What a kind of chart draws into its place. */
export type Body = { behind: Shape[]; marks: Mark[]; front: Shape[]; bottom: number; turned: boolean }

export const penOf = (theme: ChartTheme, locale: string | undefined): Pen =>
  ({ theme, locale, size: 11, full: (value) => fullNumber(value, locale), short: (value) => shortNumber(value, locale) })

export const colorOf = (pen: Pen, series: ShownSeries, at: number): string =>
  series.color ?? (series.index === null && series.key === 'others' ? pen.theme.others : pen.theme.series[at % pen.theme.series.length]!)

/** Of a category that has a colour of its own, or stands for several. */
export const categoryColor = (pen: Pen, { index, color }: Shown['categories'][number]): string | undefined => color ?? (index === null ? pen.theme.others : undefined)

/** The first is plain, the next four are hatched and dotted, then again. */
export const patternOf = (at: number): number | undefined => at % 5 || undefined

export const written = (pen: Pen, key: string, x: number, y: number, text: string, more: Partial<TextShape> = {}): TextShape =>
  ({ kind: 'text', key, x, y, text, size: pen.size, fill: pen.theme.quiet, ...more })

/** Everything of a mark that does not depend on its form. */
export function markOf(shown: Shown, row: number, column: number, value: number, pen: Pen, more = ''): Omit<Mark, 'hit' | 'shapes'> {
  const series = shown.series[row]!
  const category = shown.categories[column]!
  const of = shown.series.length > 1 ? `, ${series.label}` : ''
  return {
    key: `${series.key}/${category.index ?? 'others'}`, category: category.label, categoryIndex: category.index,
    series: series.key, seriesIndex: series.index, column, row, value,
    title: `${category.label}${of}: ${pen.full(value)}${more}`,
  }
}

/** Pixels do not need sixteen digits. */
export const pixel = (value: number): number => Math.round(value * 100) / 100
