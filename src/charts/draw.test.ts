import { expect, test } from 'vitest'
import { type Chart, chartTypes } from './chart.ts'
import { tableOf } from './chart-table.ts'
import { drawChart } from './draw.ts'
import { markAfter } from './keys.ts'
import { slicesOf } from './pie.ts'
import type { Box, Scene, Shape } from './scene.ts'
import { shownOf } from './shown.ts'
import { svgOf } from './svg.ts'
import { lightTheme } from './theme.ts'

const options = { width: 640, height: 300, theme: lightTheme, locale: 'en' }
const months = ['Jan', 'Feb', 'Mar', 'Apr']
const chart = (type: Chart['type'], values: (number | null)[], more: Partial<Chart> = {}): Chart =>
  ({ type, title: 'Contacts', categories: values.map((_, index) => months[index] ?? `c${index}`), series: [{ key: 'count', label: 'Contacts', values }], ...more })
const rects = (scene: Scene): unknown => scene.marks.map(({ shapes }) => shapes[0] as Shape & Box)
const textsOf = (scene: Scene) => [...scene.behind, ...scene.marks.flatMap(({ shapes }) => shapes), ...scene.front].flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))

test('bars are as high as their values, and those below zero hang down', () => {
  const [jan, feb, mar] = rects(drawChart(chart('bar', [100, 50, -25]), options)) as [Box, Box, Box]
  expect(jan.height / feb.height).toBeCloseTo(2, 1)
  expect(feb.height / mar.height).toBeCloseTo(2, 1)
  expect(mar.y).toBeCloseTo(jan.y + jan.height, 1)
})

test('stacked bars stand on each other and reach the sum', () => {
  const both = drawChart(chart('stackedBar', [30, 10], { series: [{ key: 'a', label: 'A', values: [30, 10] }, { key: 'b', label: 'B', values: [60, 5] }] }), options)
  const [a, , b] = rects(both) as [Box, Box, Box]
  expect(b.height / a.height).toBeCloseTo(2, 1)
  expect(b.y + b.height).toBeCloseTo(a.y, 1)
})

test('the slices of a pie go round once, each as far as its share', () => {
  const slices = slicesOf(shownOf(chart('pie', [1, 2, 5, 0, null, -3])))
  expect(slices.map(({ from, to }) => (to - from) / (2 * Math.PI))).toEqual([1 / 8, 2 / 8, 5 / 8].map((part) => expect.closeTo(part, 9)))
  expect(slices.at(-1)!.to).toBeCloseTo(2 * Math.PI, 9)
})

test('a missing value leaves a gap in a line, and no mark', () => {
  const scene = drawChart(chart('line', [3, null, 4, 5]), options)
  expect(scene.behind.filter(({ key }) => key.startsWith('line '))).toHaveLength(2)
  expect(scene.marks.map(({ category }) => category)).toEqual(['Jan', 'Mar', 'Apr'])
})

test('of too many categories the largest are drawn, the rest together, and that is said', () => {
  const many = chart('bar', Array.from({ length: 300 }, (_, index) => index))
  const scene = drawChart(many, options)
  const others = scene.marks.at(-1)!
  expect(others).toMatchObject({ category: 'Others', categoryIndex: null })
  expect(scene.marks.reduce((sum, { value }) => sum + value, 0)).toBe((299 * 300) / 2)
  expect(textsOf(scene).join(' ')).toContain('The 23 largest of 300; the other 277 together as Others.')
  expect(scene.marks[0]).toMatchObject({ category: 'c277', categoryIndex: 277 })
})

test('averages are never added up: what finds no room is left out', () => {
  const scene = drawChart(chart('bar', Array.from({ length: 300 }, (_, index) => index), { summable: false }), options)
  expect(scene.marks.some(({ category }) => category === 'Others')).toBe(false)
  expect(textsOf(scene).join(' ')).toContain('The 24 largest of 300.')
})

test('the table behind a chart has every number, drawn or not', () => {
  const { rows } = tableOf(chart('pie', Array.from({ length: 40 }, (_, index) => index)), 'en')
  expect(rows).toHaveLength(40)
  expect(rows[39]).toEqual({ name: 'c39', cells: ['39', '5%'] })
})

test('arrow keys lead along the categories, over gaps, and to the same category of another series', () => {
  const scene = drawChart(chart('line', [1, 2, 3], { series: [{ key: 'a', label: 'A', values: [1, null, 3] }, { key: 'b', label: 'B', values: [4, 5, 6] }] }), options)
  const titleAfter = (from: number, key: string) => scene.marks[markAfter(scene, from, key) ?? -1]?.title
  expect(titleAfter(0, 'ArrowRight')).toBe('Mar, A: 3')
  expect(titleAfter(1, 'ArrowDown')).toBe('Mar, B: 6')
  expect(titleAfter(1, 'ArrowRight')).toBeUndefined()
  expect(titleAfter(1, 'Home')).toBe('Jan, A: 1')
})

test('what people type into labels stays text', () => {
  const hostile = chart('bar', [1], { title: '"><script>alert(1)</script>', categories: ['<b>&\u0000\ud800\u202e'] })
  const svg = svgOf(drawChart(hostile, { ...options, titled: true }), { surface: '#fff', fontFamily: 'x' })
  expect(svg).not.toMatch(/<script|<b>/)
  expect(svg).toContain('&lt;b&gt;&amp;</text>')
})

const hostileNumbers = [0, 1, -1, 0.1, 1e-300, 5e-324, -5e-324, 1e300, -1e300, Number.MAX_VALUE, -Number.MAX_VALUE, 1e15 + 0.3, Number.NaN, Infinity, -Infinity, null]
const hostileLabels = ['', ' ', 'x'.repeat(5000), 'שלום עולם', '教育', '\n\n', '\u202eabc', '😀'.repeat(100), 'Others', '<']

/** The same numbers for the same seed: a failure can be repeated. */
function dice(seed: number) {
  let state = seed
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647
  return { below: (count: number) => Math.floor(next() * count), oneOf: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]! }
}

test('whatever the numbers, labels and width: no coordinate is anything but a finite number, and every key is there once', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const { below, oneOf } = dice(seed * 7919)
    const categories = Array.from({ length: oneOf([0, 1, 2, 5, 30, 200]) }, () => oneOf(hostileLabels))
    const value = () => (below(3) === 0 ? oneOf(hostileNumbers) : below(1000))
    const series = Array.from({ length: oneOf([0, 1, 2, 9, 50]) }, (_, index) => ({ key: `s${index}`, label: oneOf(hostileLabels), values: categories.slice(0, below(categories.length + 1)).map(value) }))
    const hostile: Chart = { type: oneOf(chartTypes), title: oneOf(hostileLabels), categories, series, ordered: below(2) === 0, summable: below(2) === 0 }
    const scene = drawChart(hostile, { ...options, width: oneOf([0, -5, Number.NaN, 1, 160, 360, 1280, 5000]), height: oneOf([0, 1, 200, 900]), titled: below(2) === 0, margin: 16 })
    expect(strangeIn(scene), `seed ${seed}`).toEqual([])
    const keys = [...scene.behind, ...scene.marks, ...scene.front].map(({ key }) => key)
    expect(keys.filter((key, index) => keys.indexOf(key) !== index), `seed ${seed}`).toEqual([])
  }
})

function strangeIn(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path}: ${value}`]
  if (typeof value === 'string') return /NaN|Infinity|undefined/.test(value) ? [`${path}: ${value}`] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [...(['width', 'height', 'size'].includes(name) && inner < 0 ? [`${path}.${name}: ${inner}`] : []), ...strangeIn(inner, `${path}.${name}`)])
}
