/** A funnel: steps that each keep a part of the one before, as bars with number and share of the first. Pure. */
import { share } from './numbers.ts'
import { type Body, type Pen, markOf, pixel, written } from './pen.ts'
import type { Box, Mark, Shape } from './scene.ts'
import type { Shown } from './shown.ts'
import { shortened, widthOf } from './text.ts'

const row = 34
const thickness = 22

export function drawFunnel(shown: Shown, place: Box, pen: Pen): Body {
  const values = shown.series[0]?.values ?? []
  const words = values.map((value) => [pen.full(value), share(value ?? 0, values[0] ?? 0, pen.locale)] as const)
  const numberWidth = Math.max(0, ...words.map(([number]) => widthOf(number, pen.size)))
  const right = numberWidth + Math.max(0, ...words.map(([, part]) => widthOf(part, pen.size))) + 20
  const nameWidth = Math.min(place.width * 0.34, Math.max(0, ...shown.categories.map(({ label }) => widthOf(label, pen.size))))
  const track = { x: place.x + nameWidth + 10, width: Math.max(30, place.width - nameWidth - 10 - right) }
  const most = Math.max(0, ...values.map((value) => value ?? 0))
  const behind = shown.categories.flatMap(({ label }, column): Shape[] => {
    const y = place.y + column * row
    return [
      written(pen, `category ${column}`, place.x, y + 20, shortened(label, nameWidth, pen.size), { fill: pen.theme.text }),
      { kind: 'rect', key: `track ${column}`, x: pixel(track.x), y: y + 5, width: pixel(track.width), height: thickness, radius: 5, fill: pen.theme.line, opacity: 0.45 },
      written(pen, `value ${column}`, pixel(track.x + track.width + 10 + numberWidth), y + 20, words[column]![0], { anchor: 'end', fill: pen.theme.text }),
      written(pen, `share ${column}`, pixel(place.x + place.width), y + 20, words[column]![1], { anchor: 'end' }),
    ]
  })
  const marks = values.flatMap((value, column) => (value === null ? [] : [step(shown, value, column, { x: track.x, y: place.y + column * row, width: track.width, height: row }, place, most, pen)]))
  return { behind, marks, front: [], bottom: place.y + shown.categories.length * row, turned: true }
}

function step(shown: Shown, value: number, column: number, box: Box, line: Box, most: number, pen: Pen): Mark {
  const first = shown.series[0]!.values[0] ?? 0
  const width = value <= 0 ? 0 : Math.max(2, (value / most) * box.width)
  const of = column > 0 && first > 0 ? ` (${share(value, first, pen.locale)} of ${shown.categories[0]!.label})` : ''
  return {
    ...markOf(shown, 0, column, value, pen, of), hit: { x: line.x, y: box.y, width: line.width, height: box.height },
    shapes: [{ kind: 'rect', key: `step ${column}`, x: pixel(box.x), y: box.y + 5, width: pixel(width), height: thickness, radius: Math.min(5, pixel(width / 2)), fill: shown.categories[column]!.color ?? shown.series[0]!.color ?? pen.theme.series[0]! }],
  }
}
