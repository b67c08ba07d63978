/** A ZIP file on disk (PKWARE APPNOTE 6.3.10), read entry by entry as a stream. It may be hostile: nothing of it is believed that costs memory or time. */
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createInflateRaw } from 'node:zlib'

/** Why a file cannot be read as ZIP, as a sentence for the person who sent it. */
export class ZipFault extends Error {}

export type ZipEntry = { name: string; method: number; encrypted: boolean; compressed: number; offset: number }
export type Zip = { path: string; entries: ReadonlyMap<string, ZipEntry>; budget: { bytes: number } }

/** A spreadsheet has dozens of entries. */
const mostEntries = 10_000
/** All that is ever unpacked of one file; a sheet of a million rows with twenty columns has about two. */
const mostUnpackedBytes = 4 * 1024 ** 3
/** XML of a sheet shrinks to a tenth, to a hundredth where all rows are alike; a bomb shrinks to a thousandth. */
const highestRatio = 300
const ratioCountsFromBytes = 16 * 1024 ** 2

const damaged = () => new ZipFault('The file is damaged or was cut off. Save it again and upload that.')
const tooLarge = () => new ZipFault('The file unpacks to far more than a spreadsheet holds. Save the sheet as CSV and import that.')

export async function openZip(path: string): Promise<Zip> {
  const file = await open(path)
  try {
    const directory = await readDirectory(file, (await file.stat()).size)
    return { path, entries: entriesOf(directory), budget: { bytes: mostUnpackedBytes } }
  } finally {
    await file.close()
  }
}

/** The entry's bytes, unpacked; throws ZipFault when they are more than can be meant or not what they should be. */
export async function* entryBytes(zip: Zip, entry: ZipEntry): AsyncGenerator<Buffer> {
  if (entry.encrypted) throw new ZipFault('The file is protected with a password. Save it without one and upload that.')
  if (entry.method !== 0 && entry.method !== 8) throw damaged()
  const start = await contentStart(zip.path, entry)
  if (entry.compressed === 0) return
  const packed = createReadStream(zip.path, { start, end: start + entry.compressed - 1, highWaterMark: 128 * 1024 })
  const unpacked = entry.method === 0 ? packed : packed.pipe(createInflateRaw())
  packed.on('error', (error) => unpacked.destroy(error))
  let bytes = 0
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      bytes += chunk.length
      zip.budget.bytes -= chunk.length
      if (zip.budget.bytes < 0 || (bytes > ratioCountsFromBytes && bytes > entry.compressed * highestRatio)) throw tooLarge()
      yield chunk
    }
  } catch (error) {
    throw isOfZlib(error) ? damaged() : error
  } finally {
    packed.destroy()
    unpacked.destroy()
  }
}

const isOfZlib = (error: unknown) => error instanceof Error && 'code' in error && (String(error.code).startsWith('Z_') || error.code === 'ERR_OUT_OF_RANGE')

const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
const zip64LocatorSignature = 0x07064b50
const endSize = 22
const longestComment = 0xffff
/** Of the central directory: 10,000 entries with long names. */
const largestDirectory = 16 * 1024 ** 2

/** The central directory; it stands at the end, behind it at most a comment (APPNOTE 4.3.16, 4.3.14 for ZIP64). */
async function readDirectory(file: FileHandle, size: number): Promise<Buffer> {
  const tail = await readAt(file, Math.max(0, size - endSize - longestComment), Math.min(size, endSize + longestComment))
  let at = tail.length - endSize
  while (at >= 0 && tail.readUInt32LE(at) !== endSignature) at--
  if (at < 0) throw damaged()
  let [count, length, offset] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  if (at >= 20 && tail.readUInt32LE(at - 20) === zip64LocatorSignature) {
    const end = await readAt(file, Number(tail.readBigUInt64LE(at - 12)), 56)
    if (end.length < 56) throw damaged()
    ;[count, length, offset] = [24, 40, 48].map((place) => Number(end.readBigUInt64LE(place === 24 ? 32 : place))) as [number, number, number]
  }
  if (count > mostEntries || length > largestDirectory) throw tooLarge()
  const directory = await readAt(file, offset, length)
  if (directory.length < length) throw damaged()
  return directory
}

function entriesOf(directory: Buffer): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === centralSignature;) {
    const [nameLength, extraLength, commentLength] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30), directory.readUInt16LE(at + 32)]
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/')
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    const large = zip64Of(extra, [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)])
    entries.set(name, { name, method: directory.readUInt16LE(at + 10), encrypted: (directory.readUInt16LE(at + 8) & 1) === 1, compressed: large[1], offset: large[2] })
    at += 46 + nameLength + extraLength + commentLength
    if (entries.size > mostEntries) throw tooLarge()
  }
  return entries
}

/** Sizes and offset; those that are 0xffffffff stand in the extra field 1 instead, in this order (APPNOTE 4.5.3). */
function zip64Of(extra: Buffer, given: [unpacked: number, compressed: number, offset: number]): [number, number, number] {
  if (!given.includes(0xffffffff)) return given
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let from = at + 4
    const wide = given.map((value) => {
      if (value !== 0xffffffff || from + 8 > extra.length) return value
      from += 8
      return Number(extra.readBigUInt64LE(from - 8))
    })
    return wide as [number, number, number]
  }
  return given
}

/** Behind the local header, whose name and extra field may have other lengths than in the directory. */
async function contentStart(path: string, { offset }: ZipEntry): Promise<number> {
  const file = await open(path)
  try {
    const header = await readAt(file, offset, 30)
    if (header.length < 30 || header.readUInt32LE(0) !== localSignature) throw damaged()
    return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    await file.close()
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  if (!Number.isSafeInteger(position) || position < 0) throw damaged()
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
