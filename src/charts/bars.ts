/** Bars: single, side by side, and on top of each other. Upright; turned when names do not fit below. Pure. */
import { type Axes, labelsFit, turnedAxes, uprightAxes } from './axes.ts'
import { type Body, type Pen, categoryColor, colorOf, markOf, patternOf, pixel, written } from './pen.ts'
import type { Box, Mark, Shape } from './scene.ts'
import type { Shown } from './shown.ts'
import { widthOf } from './text.ts'

/** The plot is about this much narrower than its place. */
const axisWidth = 44
const widestBar = 56

export function drawBars(shown: Shown, place: Box, pen: Pen): Body {
  const stacked = shown.type === 'stackedBar'
  const range = rangeOf(shown, stacked)
  const turned = !shown.ordered && shown.categories.length > 1 && !labelsFit(shown, (place.width - axisWidth) / shown.categories.length, pen)
  const lanes = stacked ? 1 : shown.series.length
  const direct = shown.series.length === 1 && (turned || (place.width - axisWidth) / shown.categories.length > 34)
  const axes = turned
    ? turnedAxes(shown, place, range, pen, lanes === 1 ? 28 : 10 + 16 * lanes, direct ? 12 + widthOf(pen.short(range.high), pen.size) : 8)
    : uprightAxes(shown, place, range, pen, direct ? 20 : 8)
  const marks = stacked ? stackedMarks(shown, axes, pen) : groupedMarks(shown, axes, pen)
  return { behind: axes.shapes, marks, front: direct ? marks.map((mark) => valueAt(mark, axes, pen)) : [], bottom: axes.bottom, turned }
}

function groupedMarks(shown: Shown, axes: Axes, pen: Pen): Mark[] {
  const count = shown.series.length
  const size = Math.min(widestBar, (axes.slot * 0.78) / count)
  return each(shown, (value, row, column) => {
    const start = axes.along(column) + (axes.slot - size * count) / 2 + row * size
    const box = boxOf(axes, start, Math.max(1, size - (size > 4 ? 1.5 : 0)), 0, value)
    // The whole lane answers the pointer: a low bar is hard to meet.
    const lane = axes.turned ? { x: axes.plot.x, y: start, width: axes.plot.width, height: size } : { x: start, y: axes.plot.y, width: size, height: axes.plot.height }
    return { ...markOf(shown, row, column, value, pen), hit: rounded(lane), shapes: [bar(shown, row, column, box, pen)] }
  })
}

function stackedMarks(shown: Shown, axes: Axes, pen: Pen): Mark[] {
  const size = Math.min(widestBar, axes.slot * 0.72)
  const reached = shown.categories.map(() => ({ up: 0, down: 0 }))
  return each(shown, (value, row, column) => {
    const side = value < 0 ? 'down' : 'up'
    const from = reached[column]![side]
    const to = reached[column]![side] += value
    const box = boxOf(axes, axes.along(column) + (axes.slot - size) / 2, size, from, to, 0)
    return { ...markOf(shown, row, column, value, pen), hit: box, shapes: [{ ...bar(shown, row, column, box, pen), radius: 0, stroke: pen.theme.surface, strokeWidth: 1 }] }
  })
}

const bar = (shown: Shown, row: number, column: number, box: Box, pen: Pen) => ({
  kind: 'rect' as const, key: `bar ${row}/${column}`, ...box, radius: Math.min(3, box.width / 3, box.height / 3), fill: (shown.series.length === 1 && categoryColor(pen, shown.categories[column]!)) || colorOf(pen, shown.series[row]!, row), pattern: box.width >= 4 ? patternOf(row) : undefined,
})

/** From one value to another, at `start` of the category axis. Anything but nothing shows at least as a line of two pixels. */
function boxOf(axes: Axes, start: number, size: number, from: number, to: number, least = 2): Box {
  const length = Math.abs(axes.at(to) - axes.at(from))
  const long = to === from ? 0 : Math.max(least, length)
  const towardsHigher = to >= from
  if (axes.turned) return rounded({ x: towardsHigher ? axes.at(from) : axes.at(from) - long, y: start, width: long, height: size })
  return rounded({ x: start, y: towardsHigher ? axes.at(from) - long : axes.at(from), width: size, height: long })
}

function valueAt(mark: Mark, axes: Axes, pen: Pen): Shape {
  const { x, y, width, height } = mark.shapes[0] as Box & Shape
  const key = `value ${mark.key}`
  const below = mark.value < 0
  if (axes.turned) return written(pen, key, pixel(below ? axes.at(0) + 5 : x + width + 5), pixel(y + height / 2 + 4), pen.short(mark.value))
  return written(pen, key, pixel(x + width / 2), pixel(below ? axes.at(0) - 5 : y - 5), pen.short(mark.value), { anchor: 'middle' })
}

/** Of single values, or of what they add up to on either side of zero. */
function rangeOf({ series, categories }: Shown, stacked: boolean) {
  const columns = categories.map((_, column) => series.map(({ values }) => values[column] ?? 0))
  const tops = stacked ? columns.map((values) => sumWhere(values, (value) => value > 0)) : columns.flat()
  const bottoms = stacked ? columns.map((values) => sumWhere(values, (value) => value < 0)) : columns.flat()
  return { low: tops.length ? Math.min(...bottoms) : 0, high: tops.length ? Math.max(...tops) : 0, whole: columns.flat().every(Number.isInteger) }
}

const sumWhere = (values: number[], holds: (value: number) => boolean) => values.filter(holds).reduce((sum, value) => sum + value, 0)

const each = (shown: Shown, markFor: (value: number, row: number, column: number) => Mark): Mark[] =>
  shown.series.flatMap(({ values }, row) => values.flatMap((value, column) => (value === null ? [] : [markFor(value, row, column)])))

const rounded = ({ x, y, width, height }: Box): Box => ({ x: pixel(x), y: pixel(y), width: pixel(width), height: pixel(height) })
