/** A scene as SVG: the attributes of each shape, and the whole as text for a server. Every text is escaped. */
import { escapeHtml } from '../platform/escape-html.ts'
import type { Mark, Scene, Shape } from './scene.ts'

export type Element = { tag: 'rect' | 'path' | 'text'; attributes: Record<string, string | number>; text?: string }

/** A shape as one element, or two when a pattern lies over it; `patterns` is where the patterns' ids begin. Names are those React knows. */
export function elementsOf(shape: Shape, patterns: string): Element[] {
  if (shape.kind === 'text') return [textElement(shape)]
  const { fill = 'none', stroke, strokeWidth, dash, opacity } = shape
  const form = formOf(shape)
  const look = { fill, ...(stroke && { stroke }), ...(strokeWidth && { strokeWidth }), ...(dash && { strokeDasharray: dash }), ...(opacity !== undefined && { fillOpacity: opacity }) }
  const base: Element = { ...form, attributes: { ...form.attributes, ...look } }
  return shape.pattern ? [base, { ...form, attributes: { ...form.attributes, fill: `url(#${patterns}${shape.pattern})` } }] : [base]
}

function formOf(shape: Exclude<Shape, { kind: 'text' }>): Element {
  if (shape.kind === 'path') return { tag: 'path', attributes: { d: shape.d } }
  const { x, y, width, height, radius } = shape
  return { tag: 'rect', attributes: { x, y, width, height, ...(radius && { rx: radius }) } }
}

function textElement({ x, y, text, size, fill, anchor, weight, turn }: Extract<Shape, { kind: 'text' }>): Element {
  return { tag: 'text', text, attributes: {
    x, y, fontSize: size, fill, ...(anchor && { textAnchor: anchor }), ...(weight && { fontWeight: weight }), ...(turn && { transform: `rotate(${turn} ${x} ${y})` }),
  } }
}

/** Drawn over a colour, in the surface's colour. */
export const patternPaths = [
  { d: 'M-1 1l2 -2M0 8l8 -8M7 9l2 -2', size: 8 }, { d: 'M2 2h.01M6 6h.01', size: 8 }, { d: 'M-1 7l2 2M0 0l8 8M7 -1l2 2', size: 8 }, { d: 'M0 3h6', size: 6 },
]

/** The whole picture on its surface. `fontFamily` must be one that the reader of the SVG has. */
export function svgOf(scene: Scene, { surface, fontFamily }: { surface: string; fontFamily: string }): string {
  const all = [...scene.behind, ...scene.marks.flatMap(({ shapes }) => shapes), ...scene.front]
  const body = [...scene.behind.map(asText), ...scene.marks.map(markAsText), ...scene.front.map(asText)].join('')
  const patterns = all.some((shape) => shape.kind !== 'text' && shape.pattern) ? `<defs>${patternPaths.map((pattern, index) => patternAsText(pattern, index, surface)).join('')}</defs>` : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${scene.height}" viewBox="0 0 ${scene.width} ${scene.height}" font-family="${escapeHtml(fontFamily)}">`
    + `<title>${escapeHtml(scene.title)}</title>${patterns}<rect width="100%" height="100%" fill="${escapeHtml(surface)}"/>${body}</svg>`
}

const markAsText = ({ title, shapes }: Mark) => `<g><title>${escapeHtml(title)}</title>${shapes.map(asText).join('')}</g>`
const asText = (shape: Shape) => elementsOf(shape, 'pattern').map(({ tag, attributes, text }) =>
  `<${tag}${Object.entries(attributes).map(([name, value]) => ` ${dashed(name)}="${escapeHtml(String(value))}"`).join('')}>${text === undefined ? '' : escapeHtml(text)}</${tag}>`).join('')

const patternAsText = ({ d, size }: { d: string; size: number }, index: number, surface: string) =>
  `<pattern id="pattern${index + 1}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><path d="${d}" stroke="${escapeHtml(surface)}" stroke-opacity="0.5" stroke-width="1.3" stroke-linecap="round"/></pattern>`

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
