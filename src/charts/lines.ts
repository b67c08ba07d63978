/** Lines and areas: what goes up and down along the categories. Missing values leave a gap. Pure. */
import { type Axes, uprightAxes } from './axes.ts'
import { type Body, type Pen, colorOf, markOf, patternOf, pixel } from './pen.ts'
import type { Box, Mark, Point, Shape } from './scene.ts'
import type { Shown } from './shown.ts'

const dashes = ['', '7 4', '2 4', '10 4 2 4']
export const dashOf = (row: number) => dashes[row % dashes.length]!

/** A point for each value, null where there is none; `base` is what an area stands on. */
type Trace = { at: (Point | null)[]; base: number[] }

export function drawLines(shown: Shown, place: Box, pen: Pen): Body {
  const filled = shown.type === 'area'
  // Areas stand on each other; with values below zero they cannot, and then each stands on zero by itself.
  const stacked = filled && shown.series.length > 1 && shown.series.every(({ values }) => values.every((value) => (value ?? 0) >= 0))
  const heights = heightsOf(shown, stacked)
  const all = heights.flatMap(({ tops }) => tops.map((top) => top ?? 0))
  const whole = shown.series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value)))
  const axes = uprightAxes(shown, place, { low: lowest(all), high: highest(all), whole }, pen)
  const traces = heights.map(({ tops, bases }) => ({
    at: tops.map((top, column) => (top === null ? null : { x: pixel(axes.along(column) + axes.slot / 2), y: pixel(axes.at(top)) })), base: bases.map((base) => pixel(axes.at(base))),
  }))
  const behind = traces.flatMap((trace, row) => [...(filled ? areas(trace, row, shown, pen, stacked) : []), ...strokes(trace, row, shown, pen, filled)])
  return { behind: [...axes.shapes, ...behind], marks: pointMarks(shown, traces, axes, pen), front: [], bottom: axes.bottom, turned: false }
}

function heightsOf(shown: Shown, stacked: boolean): { tops: (number | null)[]; bases: number[] }[] {
  const reached = shown.categories.map(() => 0)
  return shown.series.map(({ values }) => {
    if (!stacked) return { tops: [...values], bases: values.map(() => 0) }
    const bases = [...reached]
    return { bases, tops: values.map((value, column) => (reached[column]! += value ?? 0)) }
  })
}

function strokes({ at }: Trace, row: number, shown: Shown, pen: Pen, filled: boolean): Shape[] {
  return runsOf(at).map((run): Shape => ({
    kind: 'path', key: `line ${row}/${run[0]!.column}`, d: pathThrough(run), stroke: colorOf(pen, shown.series[row]!, row), strokeWidth: filled ? 1.5 : 2, ...(!filled && dashOf(row) && { dash: dashOf(row) }),
  }))
}

function areas({ at, base }: Trace, row: number, shown: Shown, pen: Pen, stacked: boolean): Shape[] {
  return runsOf(at).map((run): Shape => {
    const back = run.toReversed().map(({ x, column }) => `L${x} ${base[column]!}`).join('')
    return { kind: 'path', key: `area ${row}/${run[0]!.column}`, d: `${pathThrough(run)}${back}Z`, fill: colorOf(pen, shown.series[row]!, row), pattern: patternOf(row), opacity: stacked ? 0.85 : 0.3 }
  })
}

/** More dots than this are a fat line. */
const mostDots = 48

function pointMarks(shown: Shown, traces: Trace[], axes: Axes, pen: Pen): Mark[] {
  const dotted = shown.categories.length <= mostDots
  return shown.series.flatMap((series, row) => series.values.flatMap((value, column) => {
    const point = traces[row]!.at[column]
    if (value === null || !point) return []
    const alone = !traces[row]!.at[column - 1] && !traces[row]!.at[column + 1]
    const half = Math.max(3, Math.min(14, axes.slot / 2))
    return [{
      ...markOf(shown, row, column, value, pen), hit: { x: pixel(point.x - half), y: pixel(point.y - 12), width: pixel(half * 2), height: 24 },
      shapes: dotted || alone ? [dot(`dot ${row}/${column}`, point, row, colorOf(pen, series, row), pen)] : [],
    }]
  }))
}

/** Circle, square, diamond, triangle: a line is known by its dots as well as by its colour. */
export function dot(key: string, { x, y }: Point, row: number, fill: string, { theme }: Pen): Shape {
  const forms = [
    'm-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z', 'm-3.2 -3.2h6.4v6.4h-6.4z', 'm0 -4.6l4.6 4.6l-4.6 4.6l-4.6 -4.6z', 'm0 -4.4l4.4 7.6h-8.8z',
  ]
  return { kind: 'path', key, d: `M${x} ${y}${forms[row % forms.length]!}`, fill, stroke: theme.surface, strokeWidth: 1 }
}

/** Points that follow each other without a gap. */
function runsOf(points: (Point | null)[]): (Point & { column: number })[][] {
  const runs: (Point & { column: number })[][] = [[]]
  points.forEach((point, column) => (point ? runs.at(-1)!.push({ ...point, column }) : runs.push([])))
  return runs.filter((run) => run.length > 0)
}

const pathThrough = (run: Point[]) => run.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')
const lowest = (values: number[]) => values.reduce((least, value) => Math.min(least, value), 0)
const highest = (values: number[]) => values.reduce((most, value) => Math.max(most, value), 0)
