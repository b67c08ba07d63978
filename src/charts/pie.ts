/** A pie: shares of a whole, as a ring with its names, numbers and percentages beside or below. Pure. */
import { drawLegend, legendLine, squareSwatch } from './legend.ts'
import { share } from './numbers.ts'
import { type Body, type Pen, categoryColor, markOf, patternOf, pixel, written } from './pen.ts'
import type { Box, Mark, Point, Shape } from './scene.ts'
import type { Shown } from './shown.ts'
import { shortened, widthOf } from './text.ts'

type Slice = { column: number; value: number; from: number; to: number }
const besideFrom = 420

export function drawPie(shown: Shown, place: Box, pen: Pen): Body {
  const slices = slicesOf(shown)
  const beside = place.width >= besideFrom
  const size = Math.max(60, Math.min(place.height, place.width * (beside ? 0.45 : 0.8), 320))
  const centre = { x: beside ? place.x + size / 2 + 8 : place.x + place.width / 2, y: place.y + size / 2 }
  const marks = slices.map((slice) => markFor(slice, shown, centre, size / 2, pen))
  const names = beside
    ? listBeside(shown, slices, { x: centre.x + size / 2 + 32, y: place.y, width: place.x + place.width - centre.x - size / 2 - 32, height: size }, pen)
    : namesBelow(shown, slices, { x: place.x, y: place.y + size + 12, width: place.width }, pen)
  return { behind: [], marks, front: [...percentages(slices, centre, size / 2, shown, pen), ...names.shapes], bottom: Math.max(place.y + size, names.bottom), turned: false }
}

/** Only what is above zero is part of a whole. Angles from the top, clockwise. */
export function slicesOf(shown: Shown): Slice[] {
  const values = shown.series[0]?.values ?? []
  const whole = values.reduce<number>((sum, value) => sum + Math.max(0, value ?? 0), 0)
  let reached = 0
  return values.flatMap((value, column) => {
    if (value === null || value <= 0) return []
    const from = reached
    reached = Math.min(1, reached + value / whole)
    return [{ column, value, from: from * 2 * Math.PI, to: reached * 2 * Math.PI }]
  })
}

const partOf = ({ from, to }: Slice) => (to - from) / (2 * Math.PI)

function markFor(slice: Slice, shown: Shown, centre: Point, radius: number, pen: Pen): Mark {
  const path = ringPart(centre, radius, radius * 0.52, slice.from, slice.to)
  const middle = onCircle(centre, radius * 0.76, (slice.from + slice.to) / 2)
  return {
    ...markOf(shown, 0, slice.column, slice.value, pen, ` (${share(partOf(slice), 1, pen.locale)})`), hit: { x: pixel(middle.x - 12), y: pixel(middle.y - 12), width: 24, height: 24 },
    shapes: [{ kind: 'path', key: `slice ${slice.column}`, d: path, fill: colorAt(shown, slice.column, pen), pattern: patternOf(slice.column), ...(partOf(slice) < 1 && { stroke: pen.theme.surface, strokeWidth: 1.5 }) }],
  }
}

const colorAt = (shown: Shown, column: number, pen: Pen) => categoryColor(pen, shown.categories[column]!) ?? pen.theme.series[column % pen.theme.series.length]!

/** An arc cannot go all the way round to its own beginning: a whole ring is two halves. */
function ringPart(centre: Point, outer: number, inner: number, from: number, to: number): string {
  if (to - from > 2 * Math.PI - 1e-6) return `${ringPart(centre, outer, inner, from, from + Math.PI)}${ringPart(centre, outer, inner, from + Math.PI, from + 2 * Math.PI - 2e-6)}`
  const large = to - from > Math.PI ? 1 : 0
  const [a, b, c, d] = [onCircle(centre, outer, from), onCircle(centre, outer, to), onCircle(centre, inner, to), onCircle(centre, inner, from)] as [Point, Point, Point, Point]
  return `M${a.x} ${a.y}A${pixel(outer)} ${pixel(outer)} 0 ${large} 1 ${b.x} ${b.y}L${c.x} ${c.y}A${pixel(inner)} ${pixel(inner)} 0 ${large} 0 ${d.x} ${d.y}Z`
}

const onCircle = ({ x, y }: Point, radius: number, angle: number): Point => ({ x: pixel(x + radius * Math.sin(angle)), y: pixel(y - radius * Math.cos(angle)) })

/** On a plate of the surface's colour, so that it can be read on every colour and pattern. */
function percentages(slices: Slice[], centre: Point, radius: number, shown: Shown, pen: Pen): Shape[] {
  return slices.filter((slice) => partOf(slice) * radius > 7).flatMap((slice): Shape[] => {
    const text = share(partOf(slice), 1, pen.locale)
    const { x, y } = onCircle(centre, radius * 0.76, (slice.from + slice.to) / 2)
    const width = widthOf(text, pen.size) + 6
    return [
      { kind: 'rect', key: `plate ${slice.column}`, x: pixel(x - width / 2), y: y - 8, width: pixel(width), height: 16, radius: 4, fill: pen.theme.surface },
      written(pen, `share ${shown.categories[slice.column]!.label} ${slice.column}`, x, y + 4, text, { anchor: 'middle', fill: pen.theme.text }),
    ]
  })
}

function listBeside(shown: Shown, slices: Slice[], place: Box, pen: Pen): { shapes: Shape[]; bottom: number } {
  const top = place.y + Math.max(0, (place.height - slices.length * legendLine) / 2)
  const numbers = slices.map(({ value }) => pen.full(value))
  const numberWidth = Math.max(0, ...numbers.map((number) => widthOf(number, pen.size)))
  const room = Math.max(30, place.width - 18 - numberWidth - 12)
  const names = slices.map(({ column }) => shortened(shown.categories[column]!.label, room, pen.size))
  const right = place.x + 18 + Math.max(0, ...names.map((name) => widthOf(name, pen.size))) + 12 + numberWidth
  const shapes = slices.flatMap(({ column }, index): Shape[] => {
    const y = pixel(top + index * legendLine)
    return [
      ...squareSwatch(String(column), colorAt(shown, column, pen), patternOf(column))(pixel(place.x), y + 4),
      written(pen, `name ${column}`, pixel(place.x + 18), y + 14, names[index]!, { fill: pen.theme.text }),
      written(pen, `number ${column}`, pixel(right), y + 14, numbers[index]!, { anchor: 'end' }),
    ]
  })
  return { shapes, bottom: top + slices.length * legendLine }
}

function namesBelow(shown: Shown, slices: Slice[], place: Pick<Box, 'x' | 'y' | 'width'>, pen: Pen): { shapes: Shape[]; bottom: number } {
  const entries = slices.map((slice) => ({
    key: String(slice.column), label: `${shown.categories[slice.column]!.label}: ${pen.full(slice.value)} (${share(partOf(slice), 1, pen.locale)})`,
    swatch: squareSwatch(String(slice.column), colorAt(shown, slice.column, pen), patternOf(slice.column)),
  }))
  const legend = drawLegend(entries, place, pen)
  return { shapes: legend.shapes, bottom: place.y + legend.height }
}
