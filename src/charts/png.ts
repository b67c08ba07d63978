/** A chart as a PNG, drawn on the server without a browser, with a font of our own: a machine without fonts writes too. For mail; the web draws itself. */
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Chart } from './chart.ts'
import { type DrawingOptions, drawChart } from './draw.ts'
import { svgOf } from './svg.ts'
import { square } from './text.ts'
import { lightTheme } from './theme.ts'

export type Png = { bytes: Buffer; width: number; height: number }

const fontFamily = 'DejaVu Sans'
const packages = createRequire(import.meta.url)
const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => packages.resolve(`dejavu-fonts-ttf/ttf/${file}`))

/** Twice as fine as `width` says, for dense screens. */
export async function pngOf(chart: Chart, options: Omit<DrawingOptions, 'theme'> & Partial<Pick<DrawingOptions, 'theme'>>): Promise<Png> {
  const theme = options.theme ?? lightTheme
  const scene = drawChart(chart, { titled: true, margin: 16, locale: 'en', ...options, theme })
  const svg = svgOf(scene, { surface: theme.surface, fontFamily })
  // Our font has no letters of East Asia: those are drawn where the machine has some. Looking through its fonts is slow, so only then.
  return inThread(svg, { font: { loadSystemFonts: square.test(svg), fontFiles, defaultFontFamily: fontFamily }, fitTo: { mode: 'zoom', value: 2 } })
}

/** Resvg's own `renderAsync` still packs the PNG on the main thread: a third of the time, in which everybody else would wait. */
const threadSource = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { Resvg } = require(workerData.resvg)
  const image = new Resvg(workerData.svg, workerData.options).render()
  parentPort.postMessage({ bytes: image.asPng(), width: image.width, height: image.height })`

const mostMilliseconds = 30_000

function inThread(svg: string, options: object): Promise<Png> {
  const worker = new Worker(threadSource, { eval: true, execArgv: [], workerData: { resvg: packages.resolve('@resvg/resvg-js'), svg, options } })
  const timer = setTimeout(() => { void worker.terminate() }, mostMilliseconds)
  return new Promise<Png>((resolve, reject) => {
    worker.once('message', ({ bytes, width, height }: { bytes: Uint8Array; width: number; height: number }) => resolve({ bytes: Buffer.from(bytes), width, height }))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The chart could not be drawn.')))
  }).finally(() => { clearTimeout(timer); void worker.terminate() })
}
