/** A chart as a PNG, drawn on the server without a browser, with a font of our own: a machine without fonts writes too. For mail; the web draws itself. */
import { renderAsync } from '@resvg/resvg-js'
import { createRequire } from 'node:module'
import type { Chart } from './chart.ts'
import { type DrawingOptions, drawChart } from './draw.ts'
import { svgOf } from './svg.ts'
import { square } from './text.ts'
import { lightTheme } from './theme.ts'

export type Png = { bytes: Buffer; width: number; height: number }

const fontFamily = 'DejaVu Sans'
const fonts = createRequire(import.meta.url)
const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => fonts.resolve(`dejavu-fonts-ttf/ttf/${file}`))

/** Twice as fine as `width` says, for dense screens. Rendered in a thread of its own: it takes some 100 ms, in which everybody else would wait. */
export async function pngOf(chart: Chart, options: Omit<DrawingOptions, 'theme'> & Partial<Pick<DrawingOptions, 'theme'>>): Promise<Png> {
  const theme = options.theme ?? lightTheme
  const scene = drawChart(chart, { titled: true, margin: 16, locale: 'en', ...options, theme })
  const svg = svgOf(scene, { surface: theme.surface, fontFamily })
  const image = await renderAsync(svg, {
    // Our font has no letters of East Asia: those are drawn where the machine has some. Looking through its fonts is slow, so only then.
    font: { loadSystemFonts: square.test(svg), fontFiles, defaultFontFamily: fontFamily }, fitTo: { mode: 'zoom', value: 2 },
  })
  return { bytes: image.asPng(), width: image.width, height: image.height }
}
