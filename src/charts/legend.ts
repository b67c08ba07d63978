/** Names of colours and forms, in as many lines as they need. Pure. */
import { type Pen, pixel, written } from './pen.ts'
import type { Box, Shape } from './scene.ts'
import { shortened, widthOf } from './text.ts'

export type LegendEntry = { key: string; label: string; swatch: (x: number, y: number) => Shape[] }

const swatchWidth = 18
const gap = 16
export const legendLine = 20

/** The shapes, and how much height they took. */
export function drawLegend(entries: LegendEntry[], place: Pick<Box, 'x' | 'y' | 'width'>, pen: Pen): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = []
  let x = place.x
  let y = place.y
  for (const { key, label, swatch } of entries) {
    const text = shortened(label, Math.max(20, place.width - swatchWidth), pen.size)
    const width = swatchWidth + widthOf(text, pen.size)
    if (x > place.x && x + width > place.x + place.width) { x = place.x; y += legendLine }
    shapes.push(...swatch(pixel(x), y + 4), written(pen, `legend ${key}`, pixel(x + swatchWidth), y + 13, text, { fill: pen.theme.text }))
    x += width + gap
  }
  return { shapes, height: entries.length > 0 ? y - place.y + legendLine : 0 }
}

/** A small square in a series' colour and pattern. */
export const squareSwatch = (key: string, fill: string, pattern?: number, opacity?: number) => (x: number, y: number): Shape[] =>
  [{ kind: 'rect', key: `swatch ${key}`, x, y, width: 12, height: 12, radius: 3, fill, pattern, ...(opacity !== undefined && { opacity }) }]
