/** The two axes of a chart: values with round ticks, categories with labels that fit. Upright, or turned so that long names find room. Pure. */
import { type Pen, pixel, written } from './pen.ts'
import { everyNth, ticksBetween } from './scale.ts'
import type { Box, Shape } from './scene.ts'
import type { Shown } from './shown.ts'
import { shortened, widthOf } from './text.ts'

export type Axes = {
  turned: boolean
  plot: Box
  /** Pixels of one category. */
  slot: number
  /** Where a category's slot begins along its axis. */
  along: (index: number) => number
  /** Where a value stands along the other axis. */
  at: (value: number) => number
  shapes: Shape[]
  bottom: number
}

type Range = { low: number; high: number; whole: boolean }

/** Upright: categories from left to right. `room` is left above the highest value. */
export function uprightAxes(shown: Shown, place: Box, range: Range, pen: Pen, room = 8): Axes {
  const ticks = ticksBetween(range.low, range.high, 5, range.whole)
  const left = place.x + Math.max(...ticks.map((tick) => widthOf(pen.short(tick), pen.size))) + 8
  const slot = (place.x + place.width - left) / Math.max(1, shown.categories.length)
  const labels = categoryLabels(shown, slot, pen)
  const plot = { x: left, y: place.y + room, width: place.x + place.width - left, height: Math.max(40, place.height - room - labels.height) }
  const at = scaled(ticks, plot.y + plot.height, plot.y)
  return {
    turned: false, plot, slot, at, along: (index) => plot.x + index * slot, bottom: plot.y + plot.height + labels.height,
    shapes: [
      ...ticks.flatMap((tick): Shape[] => [
        gridLine(pen, tick, { x: plot.x, y: at(tick) }, { x: plot.x + plot.width, y: at(tick) }),
        written(pen, `tick ${tick}`, pixel(left - 6), pixel(at(tick) + 4), pen.short(tick), { anchor: 'end' }),
      ]),
      ...labels.draw(plot.x, plot.y + plot.height),
    ],
  }
}

/** Turned: categories from top to bottom, `slot` pixels each; as high as that makes it. `room` is left behind the longest bar. */
export function turnedAxes(shown: Shown, place: Box, range: Range, pen: Pen, slot: number, room = 8): Axes {
  const ticks = ticksBetween(range.low, range.high, 5, range.whole)
  const longest = Math.max(0, ...shown.categories.map(({ label }) => widthOf(label, pen.size)))
  const left = place.x + Math.min(longest, place.width * 0.36) + 8
  const plot = { x: left, y: place.y, width: Math.max(40, place.x + place.width - left - room), height: slot * shown.categories.length }
  const at = scaled(ticks, plot.x, plot.x + plot.width)
  const nth = everyNth(ticks.length, plot.width / Math.max(1, ...ticks.map((tick) => widthOf(pen.short(tick), pen.size) + 12)))
  return {
    turned: true, plot, slot, at, along: (index) => plot.y + index * slot, bottom: plot.y + plot.height + 20,
    shapes: [
      ...ticks.flatMap((tick, index): Shape[] => [
        gridLine(pen, tick, { x: at(tick), y: plot.y }, { x: at(tick), y: plot.y + plot.height }),
        ...(index % nth === 0 ? [written(pen, `tick ${tick}`, pixel(at(tick)), pixel(plot.y + plot.height + 15), pen.short(tick), { anchor: 'middle' })] : []),
      ]),
      ...shown.categories.map(({ label }, index) =>
        written(pen, `category ${index}`, pixel(left - 8), pixel(plot.y + (index + 0.5) * slot + 4), shortened(label, left - place.x - 8, pen.size), { anchor: 'end', fill: pen.theme.text })),
    ],
  }
}

/** Whether every name can stand under its slot. */
export const labelsFit = (shown: Shown, slot: number, pen: Pen): boolean => shown.categories.every(({ label }) => widthOf(label, pen.size) <= slot - 6)

const steep = 16

/** Straight where they fit; in time every n-th; else slanted, shortened. */
export function categoryLabels(shown: Shown, slot: number, pen: Pen): { height: number; draw: (x: number, y: number) => Shape[] } {
  const { categories, ordered } = shown
  const key = (index: number) => `category ${index}`
  if (ordered || labelsFit(shown, slot, pen) || slot < steep) {
    const longest = Math.max(0, ...categories.map(({ label }) => widthOf(label, pen.size)))
    const nth = everyNth(categories.length, (slot * categories.length) / Math.min(longest + 12, 110))
    return { height: 22, draw: (x, y) => categories.flatMap(({ label }, index) => (index % nth === 0
      ? [written(pen, key(index), pixel(inside(x + (index + 0.5) * slot, label, x + slot * categories.length, pen)), y + 16, shortened(label, nth === 1 ? slot - 4 : 104, pen.size), { anchor: 'middle' })] : [])) }
  }
  return { height: 66, draw: (x, y) => categories.map(({ label }, index) =>
    written(pen, key(index), pixel(x + (index + 0.5) * slot + 4), y + 12, shortened(label, Math.min(78, (x + (index + 0.5) * slot) * 1.3), pen.size), { anchor: 'end', turn: -40 })) }
}

/** A centre so far from the right edge that nothing is cut off. */
const inside = (centre: number, label: string, right: number, pen: Pen) => Math.min(centre, Math.max(right - Math.min(widthOf(label, pen.size), 104) / 2, right - 52))

function scaled(ticks: number[], from: number, to: number) {
  const low = ticks[0]!
  const span = ticks.at(-1)! - low
  return (value: number) => from + ((value - low) / span) * (to - from)
}

const gridLine = ({ theme }: Pen, tick: number, from: { x: number; y: number }, to: { x: number; y: number }): Shape => ({
  kind: 'path', key: `grid ${tick}`, d: `M${pixel(from.x)} ${pixel(from.y)}L${pixel(to.x)} ${pixel(to.y)}`, stroke: tick === 0 ? theme.quiet : theme.line, strokeWidth: 1,
})
