import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Chart, chartTypes } from './chart.ts'
import { pngOf } from './png.ts'

const chart = (type: Chart['type'], more: Partial<Chart> = {}): Chart => ({
  type, title: 'Contacts by city', categories: ['Berlin', 'Hamburg', 'Köln'],
  series: [{ key: 'a', label: 'Opened', values: [120, 80, 7] }, { key: 'b', label: 'Clicked', values: [12, 9, 1] }], ...more,
})

test.each(chartTypes)('%s becomes a PNG of twice its size that is not blank', async (type) => {
  const png = await pngOf(chart(type), { width: 600 })
  expect(png.bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([1200, png.height])
  expect(new Set(inflateSync(dataOf(png.bytes))).size).toBeGreaterThan(20)
})

test('texts are written: with our own font, on a machine that has none', async () => {
  const [written, without] = await Promise.all([pngOf(chart('bar'), { width: 600 }), pngOf(chart('bar', { title: '', categories: ['', '', ''] }), { width: 600 })])
  expect(written.bytes.length).toBeGreaterThan(without.bytes.length + 500)
})

/** The joined IDAT chunks (PNG, third edition, 5.3). */
function dataOf(png: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  return Buffer.concat(parts)
}
