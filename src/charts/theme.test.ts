import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inkOn, strengths } from './heat-map.ts'
import { type ChartTheme, darkTheme, lightTheme, webTheme } from './theme.ts'

type Rgb = [number, number, number]
const linear = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as Rgb
const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue
/** WCAG 2.2, 1.4.3. */
const contrast = (a: string, b: string) => {
  const [higher, lower] = [luminance(linear(a)), luminance(linear(b))].toSorted((x, y) => y - x) as [number, number]
  return (higher + 0.05) / (lower + 0.05)
}
const over = (color: string, ground: string, opacity: number) =>
  `#${[1, 3, 5].map((at) => Math.round(Number.parseInt(color.slice(at, at + 2), 16) * opacity + Number.parseInt(ground.slice(at, at + 2), 16) * (1 - opacity)).toString(16).padStart(2, '0')).join('')}`

/** How colours look to people with full sight, and without red, green or blue cones (Machado, Oliveira and Fernandes 2009, severity 1). */
const sights = [
  [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
]
const times = (matrix: number[][], vector: number[]) => matrix.map((row) => row.reduce((sum, factor, at) => sum + factor * vector[at]!, 0))
/** OKLab (Ottosson 2020): equal distances look equally different. */
const perceived = (rgb: number[]) => times(
  [[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]],
  times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb).map((part) => Math.cbrt(Math.max(0, part))),
)
const difference = (a: string, b: string) => Math.min(...sights.map((sight) => {
  const [one, other] = [a, b].map((color) => perceived(times(sight, linear(color)))) as [number[], number[]]
  return Math.hypot(...one.map((part, at) => part - other[at]!))
}))

const themes: [string, ChartTheme][] = [['light', lightTheme], ['dark', darkTheme]]

test.each(themes)('%s: every series stands out 3:1 from the surface that lies between neighbours', (_, theme) => {
  expect(theme.series.filter((color) => contrast(color, theme.surface) < 3)).toEqual([])
})

test.each(themes)('%s: any two series are told apart, with or without red, green or blue cones', (_, { series }) => {
  const pairs = series.flatMap((a, at) => series.slice(at + 1).map((b) => ({ a, b, difference: difference(a, b) })))
  expect(pairs.filter((pair) => pair.difference < 0.1)).toEqual([])
})

test.each(themes)('%s: everything that is written can be read', (_, theme) => {
  expect([theme.text, theme.quiet].filter((color) => contrast(color, theme.surface) < 4.5)).toEqual([])
  const cells = [theme.heat, theme.cold].flatMap((color) => strengths.map((strength) => ({ color, strength, contrast: contrast(inkOn(strength, { theme }), over(color, theme.surface, strength)) })))
  expect(cells.filter((cell) => cell.contrast < 4.5)).toEqual([])
})

test('the names in the browser stand for the same colours', () => {
  const [light, dark] = readFileSync('web/ui/theme.css', 'utf8').split('/* Charts')[1]!.split("html:root[data-mantine-color-scheme='dark']") as [string, string]
  const valueIn = (css: string, name: string) => css.split(`${name.slice(4, -1)}: `)[1]?.split(';')[0]
  const names = [...webTheme.series, webTheme.others, webTheme.heat, webTheme.onHeat, webTheme.onWarm, webTheme.cold]
  const colors = ({ series, others, heat, onHeat, onWarm, cold }: ChartTheme) => [...series, others, heat, onHeat, onWarm, cold]
  expect(names.map((name) => valueIn(light, name))).toEqual(colors(lightTheme))
  expect(names.map((name) => valueIn(dark, name))).toEqual(colors(darkTheme))
})
