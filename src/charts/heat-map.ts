/** A heat map: a cell for each category and series, the stronger the more; the number stands in it where it fits. Pure. */
import { categoryLabels } from './axes.ts'
import { drawLegend, squareSwatch } from './legend.ts'
import { type Body, type Pen, markOf, pixel, written } from './pen.ts'
import type { Box, Mark, Shape } from './scene.ts'
import type { Shown } from './shown.ts'
import { shortened, widthOf } from './text.ts'

/** Few steps, so that a shade can be found again in the legend. Chosen so that what is written on each can be read, light and dark (theme.test.ts). */
export const strengths = [0.06, 0.18, 0.33, 0.64, 0.84, 1]
const cellHeight = 28

export function drawHeatMap(shown: Shown, place: Box, pen: Pen): Body {
  const longest = Math.max(0, ...shown.series.map(({ label }) => widthOf(label, pen.size)))
  const left = place.x + Math.min(longest, place.width * 0.3) + 8
  const slot = (place.x + place.width - left) / Math.max(1, shown.categories.length)
  const most = shown.series.reduce((top, { values }) => values.reduce<number>((high, value) => Math.max(high, Math.abs(value ?? 0)), top), 0)
  const bottom = place.y + shown.series.length * cellHeight
  const numbers = numbersFit(shown, slot, pen)
  const labels = categoryLabels(shown, slot, pen)
  const rows = shown.series.map(({ label }, row) =>
    written(pen, `row ${row}`, pixel(left - 8), place.y + row * cellHeight + 18, shortened(label, left - place.x - 8, pen.size), { anchor: 'end', fill: pen.theme.text }))
  const marks = shown.series.flatMap(({ values }, row) => values.flatMap((value, column) => (value === null ? [] : [cell(shown, value, row, column, { x: left + column * slot, y: place.y + row * cellHeight, width: slot, height: cellHeight }, { most, numbers }, pen)])))
  const legend = drawLegend(levels(shown, most, pen), { x: place.x, y: bottom + labels.height + 6, width: place.width }, pen)
  return { behind: [...rows, ...labels.draw(left, bottom)], marks, front: legend.shapes, bottom: bottom + labels.height + 6 + legend.height, turned: false }
}

/** Nothing is the palest, the highest the strongest. */
export function strengthOf(value: number, most: number): number {
  if (value === 0 || most === 0) return strengths[0]!
  return strengths[Math.max(1, Math.ceil((Math.abs(value) / most) * (strengths.length - 1) - 1e-9))]!
}

function cell(shown: Shown, value: number, row: number, column: number, box: Box, { most, numbers }: { most: number; numbers: boolean }, pen: Pen): Mark {
  const strength = strengthOf(value, most)
  const inner = { x: pixel(box.x + 1), y: box.y + 1, width: pixel(Math.max(1, box.width - 2)), height: box.height - 2 }
  const shapes: Shape[] = [{ kind: 'rect', key: `cell ${row}/${column}`, ...inner, radius: Math.min(3, inner.width / 3), fill: value < 0 ? pen.theme.cold : pen.theme.heat, opacity: strength }]
  if (numbers) shapes.push(written(pen, `number ${row}/${column}`, pixel(box.x + box.width / 2), box.y + 18, pen.short(value), { anchor: 'middle', fill: inkOn(strength, pen) }))
  return { ...markOf(shown, row, column, value, pen), hit: inner, shapes }
}

/** In every cell or in none: a few numbers among many look like more than the others. */
const numbersFit = ({ series }: Shown, slot: number, pen: Pen) => series.every(({ values }) => values.every((value) => value === null || widthOf(pen.short(value), pen.size) <= slot - 6))

export const inkOn = (strength: number, { theme }: Pick<Pen, 'theme'>): string => (strength > 0.8 ? theme.onHeat : strength > 0.5 ? theme.onWarm : theme.text)

/** What each shade stands for. */
function levels(shown: Shown, most: number, pen: Pen) {
  const steps = strengths.length - 1
  const whole = shown.series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value)))
  const negative = shown.series.some(({ values }) => values.some((value) => (value ?? 0) < 0))
  if (most === 0) return []
  const entries = strengths.map((strength, index) => ({
    key: `level ${index}`, label: index === 0 ? '0' : `≤ ${pen.short(whole ? Math.max(1, Math.floor((most * index) / steps)) : Number(((most * index) / steps).toPrecision(3)))}`,
    swatch: squareSwatch(`level ${index}`, pen.theme.heat, undefined, strength),
  }))
  return negative ? [...entries, { key: 'below', label: 'below zero', swatch: squareSwatch('below', pen.theme.cold) }] : entries
}
