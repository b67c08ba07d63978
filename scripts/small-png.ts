/** A picture of a screen as a PNG with a palette: at most 256 colours, a third of the bytes, and nobody sees the difference. */
import { deflateSync, inflateSync } from 'node:zlib'

type Pixels = { width: number; height: number; colours: Uint32Array }

/** `png`: 8 bits a channel, RGB or RGBA, not interlaced, as Chromium makes them. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, colours } = pixelsOf(png)
  const palette = paletteOf(colours)
  const rows = Buffer.alloc((width + 1) * height)
  const known = new Map<number, number>()
  colours.forEach((colour, place) => {
    let index = known.get(colour)
    if (index === undefined) known.set(colour, index = nearest(palette, colour))
    rows[place + Math.floor(place / width) + 1] = index
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3], 8)
  return Buffer.concat([signature, chunk('IHDR', header), chunk('PLTE', Buffer.from(palette.flatMap(channels))), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))])
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const channels = (colour: number): [number, number, number] => [colour >> 16, (colour >> 8) & 255, colour & 255]

function pixelsOf(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const step = png[25] === 6 ? 4 : 3
  const data: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const rows = inflateSync(Buffer.concat(data))
  const colours = new Uint32Array(width * height)
  let above = Buffer.alloc(width * step)
  for (let y = 0; y < height; y++) {
    const start = y * (width * step + 1)
    const row = unfiltered(rows[start]!, rows.subarray(start + 1, start + 1 + width * step), above, step)
    for (let x = 0; x < width; x++) colours[y * width + x] = (row[x * step]! << 16) | (row[x * step + 1]! << 8) | row[x * step + 2]!
    above = row
  }
  return { width, height, colours }
}

/** PNG (RFC 2083) 6: each byte was written as the difference to what its neighbours foretell. */
function unfiltered(filter: number, row: Buffer, above: Buffer, step: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(row.length)
  for (let at = 0; at < row.length; at++) {
    const [left, up, corner] = [bytes[at - step] ?? 0, above[at]!, above[at - step] ?? 0]
    const foretold = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0
    bytes[at] = row[at]! + foretold
  }
  return bytes
}

function paeth(left: number, up: number, corner: number): number {
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner
}

/** Median cut: the box of colours that differ most is divided until there are 256; each becomes the colour that is met most often in it. */
function paletteOf(colours: Uint32Array): number[] {
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const boxes = [[...counts.keys()]]
  while (boxes.length < 256) {
    const widest = boxes.map((box) => ({ box, ...widestChannel(box) })).reduce((one, other) => (other.range * Math.sqrt(other.box.length) > one.range * Math.sqrt(one.box.length) ? other : one))
    if (widest.range === 0) break
    const sorted = widest.box.toSorted((one, other) => channels(one)[widest.channel]! - channels(other)[widest.channel]!)
    boxes.splice(boxes.indexOf(widest.box), 1, sorted.slice(0, sorted.length >> 1), sorted.slice(sorted.length >> 1))
  }
  return boxes.map((box) => box.reduce((one, other) => (counts.get(other)! > counts.get(one)! ? other : one)))
}

function widestChannel(box: number[]): { channel: number; range: number } {
  const ranges = [0, 1, 2].map((channel) => {
    const values = box.map((colour) => channels(colour)[channel]!)
    return values.reduce((one, other) => Math.max(one, other), 0) - values.reduce((one, other) => Math.min(one, other), 255)
  })
  const range = Math.max(...ranges)
  return { channel: ranges.indexOf(range), range }
}

function nearest(palette: number[], colour: number): number {
  const [red, green, blue] = channels(colour)
  const distances = palette.map((other) => { const [r, g, b] = channels(other); return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2 })
  return distances.indexOf(Math.min(...distances))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(checksum(body))
  return Buffer.concat([length, body, sum])
}

/** CRC-32 (ISO 3309), as PNG wants it of every chunk. */
function checksum(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}
