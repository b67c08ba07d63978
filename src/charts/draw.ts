/** Draws a chart: the chart, a width and colours become a scene. Pure, the same in browser and mail. */
import { drawBars } from './bars.ts'
import type { Chart } from './chart.ts'
import { drawFunnel } from './funnel.ts'
import { drawHeatMap } from './heat-map.ts'
import { type LegendEntry, drawLegend, squareSwatch } from './legend.ts'
import { dashOf, dot, drawLines } from './lines.ts'
import { type Body, type Pen, colorOf, patternOf, penOf, pixel, written } from './pen.ts'
import { drawPie } from './pie.ts'
import type { Box, Scene, Shape } from './scene.ts'
import { type Shown, asOneSeries, shownOf, withCategories, withSeries } from './shown.ts'
import { cleaned, inLines } from './text.ts'
import type { ChartTheme } from './theme.ts'

export type DrawingOptions = {
  width: number
  /** Of the whole drawing; rows of bars, steps and cells take what they need instead. */
  height?: number
  theme: ChartTheme
  /** Of the numbers; the reader's own where it is left out. */
  locale?: string | undefined
  /** Write the chart's title above it. */
  titled?: boolean
  /** Space to the edges. */
  margin?: number
}

export function drawChart(chart: Chart, options: DrawingOptions): Scene {
  const { height = 280, theme, locale, titled = false, margin = 0 } = options
  // Narrower than this nothing can be read, and nothing divides by less than nothing.
  const width = Math.max(160, Number.isFinite(options.width) ? options.width : 160)
  const pen = penOf(theme, locale)
  const shown = roomFor(chart, width)
  const inner = { x: margin, width: width - 2 * margin }
  const title = titled ? titleShapes(chart, { ...inner, y: margin }, pen) : { shapes: [], bottom: margin }
  const legend = drawLegend(legendOf(shown, pen), { ...inner, y: title.bottom }, pen)
  const notes = shown.notes.flatMap((note) => inLines(note, inner.width, pen.size))
  const top = title.bottom + legend.height + (legend.height > 0 ? 6 : 0)
  const body = isEmpty(shown) ? nothing(inner, top, pen) : drawBody(shown, { ...inner, y: top, height: Math.max(90, height - top - margin - notes.length * 16) }, pen)
  const noteShapes = notes.map((line, index) => written(pen, `note ${index}`, inner.x, pixel(body.bottom + 14 + index * 16), line))
  return {
    width, height: Math.ceil(body.bottom + (notes.length > 0 ? 6 + notes.length * 16 : 0) + margin), title: cleaned(chart.title),
    behind: [...title.shapes, ...legend.shapes, ...body.behind], marks: body.marks, front: [...body.front, ...noteShapes], turned: body.turned,
  }
}

function drawBody(shown: Shown, place: Box, pen: Pen): Body {
  switch (shown.type) {
    case 'line': case 'area': return drawLines(shown, place, pen)
    case 'pie': return drawPie(shown, place, pen)
    case 'funnel': return drawFunnel(shown, place, pen)
    case 'heatMap': return drawHeatMap(shown, place, pen)
    default: return drawBars(shown, place, pen)
  }
}

/** What of the chart finds room in this form and width. */
function roomFor(chart: Chart, width: number): Shown {
  const shown = shownOf(chart)
  const summable = chart.summable ?? true
  switch (shown.type) {
    case 'pie': return aboveZero(withCategories(asOneSeries(shown), 8, summable))
    case 'funnel': return aboveZero(withCategories(asOneSeries(shown), 20, false))
    case 'heatMap': return withCategories(withSeries(shown, 40, summable), Math.floor(width / 10), summable)
    case 'line': case 'area': return withCategories(withSeries(shown, 8, summable), 1000, summable)
    case 'stackedBar': return withCategories(withSeries(shown, 8, summable), mostBars(shown, width, 1), summable)
    default: return withBars(withSeries(shown, 8, summable), width, summable)
  }
}

const withBars = (shown: Shown, width: number, summable: boolean) => withCategories(shown, mostBars(shown, width, shown.series.length), summable)

/** In time as many as can be told apart, else what still can be read. */
const mostBars = ({ ordered }: Shown, width: number, lanes: number) => Math.max(2, ordered ? Math.floor((width - 50) / (1 + lanes)) : Math.floor(24 / Math.sqrt(lanes)))

/** A share of a whole cannot be below zero. */
function aboveZero(shown: Shown): Shown {
  const below = shown.series.flatMap(({ values }) => values).filter((value) => value !== null && value < 0).length
  return below === 0 ? shown : { ...shown, notes: [...shown.notes, `${below === 1 ? 'One value' : `${below} values`} below zero cannot be drawn here.`] }
}

const isEmpty = ({ type, series }: Shown) =>
  series.every(({ values }) => values.every((value) => value === null)) || (type === 'pie' && !series.some(({ values }) => values.some((value) => (value ?? 0) > 0)))

const nothing = (inner: Pick<Box, 'x' | 'width'>, top: number, pen: Pen): Body => ({
  behind: [written(pen, 'nothing', pixel(inner.x + inner.width / 2), top + 50, 'There is nothing to draw.', { anchor: 'middle' })], marks: [], front: [], bottom: top + 90, turned: false,
})

function legendOf(shown: Shown, pen: Pen): LegendEntry[] {
  if (shown.series.length < 2 || shown.type === 'heatMap' || isEmpty(shown)) return []
  return shown.series.map((series, row) => {
    const color = colorOf(pen, series, row)
    return { key: series.key, label: series.label, swatch: shown.type === 'line' ? lineSwatch(series.key, color, row, pen) : squareSwatch(series.key, color, patternOf(row)) }
  })
}

const lineSwatch = (key: string, color: string, row: number, pen: Pen) => (x: number, y: number): Shape[] => [
  { kind: 'path', key: `swatch line ${key}`, d: `M${x - 2} ${y + 6}h17`, stroke: color, strokeWidth: 2, ...(dashOf(row) && { dash: dashOf(row) }) },
  dot(`swatch dot ${key}`, { x: x + 6.5, y: y + 6 }, row, color, pen),
]

function titleShapes(chart: Chart, place: Pick<Box, 'x' | 'y' | 'width'>, pen: Pen): { shapes: Shape[]; bottom: number } {
  const lines = inLines(cleaned(chart.title), place.width * 0.92, 15).slice(0, 2)
  return {
    shapes: lines.map((line, index) => written(pen, `title ${index}`, place.x, place.y + 15 + index * 20, line, { size: 15, weight: 600, fill: pen.theme.text })),
    bottom: place.y + lines.length * 20 + 8,
  }
}
