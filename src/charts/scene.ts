/** A drawing as data: rectangles, paths and texts in pixels, and which of them stands for which value. Whoever shows it (SVG text, React) adds nothing. */

type Look = {
  key: string
  fill?: string
  stroke?: string
  strokeWidth?: number
  dash?: string
  opacity?: number
  /** Lines or dots over the fill, so that not only the colour tells what is what: 1 to 4. */
  pattern?: number | undefined
}
export type Box = { x: number; y: number; width: number; height: number }
export type Point = { x: number; y: number }
export type RectShape = Look & Box & { kind: 'rect'; radius?: number }
export type PathShape = Look & { kind: 'path'; d: string }
export type TextShape = { kind: 'text'; key: string; x: number; y: number; text: string; size: number; fill: string; anchor?: 'start' | 'middle' | 'end'; weight?: number; turn?: number }
export type Shape = RectShape | PathShape | TextShape

/** One value as it is drawn. */
export type Mark = {
  /** The same while the chart has this series and category, whatever else changes. */
  key: string
  category: string
  /** In the chart that was given; null for "Others", which stands for several. */
  categoryIndex: number | null
  series: string
  seriesIndex: number | null
  /** Where it stands among those drawn: along the axis, and among the series. */
  column: number
  row: number
  value: number
  /** In words: `Berlin, Opened: 1,204`. */
  title: string
  /** What the pointer meets: at least as large as the drawing. */
  hit: Box
  shapes: Shape[]
}

export type Scene = {
  width: number
  /** As high as the content needs; the height that was asked for where it only has to fill it. */
  height: number
  title: string
  behind: Shape[]
  marks: Mark[]
  front: Shape[]
  /** Categories run downwards: up and down lead along them. */
  turned: boolean
}
