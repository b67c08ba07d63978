/** Writes a ZIP file as a stream (PKWARE APPNOTE 6.3.10): sizes stand behind each entry's content, so nothing has to be known before it comes. */
import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

type Entry = { name: Buffer; crc: number; compressed: number; unpacked: number; offset: number }

/** Without ZIP64, which some programs do not read, sizes and places have 32 bits. */
const largest = 0xffffffff

/** Deflate, a data descriptor behind the content, the name in UTF-8; 1 January 1980, as no time is meant. */
const version = 20
const flags = 0x0808
const deflate = 8
const date = 0x0021

export class ZipWriter {
  readonly #entries: Entry[] = []
  #offset = 0

  async* entry(name: string, content: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Buffer> {
    const entry: Entry = { name: Buffer.from(name), crc: 0, compressed: 0, unpacked: 0, offset: this.#offset }
    yield this.#counted(record(0x04034b50, ['2', version], ['2', flags], ['2', deflate], ['2', 0], ['2', date], ['4', 0], ['4', 0], ['4', 0], ['2', entry.name.length], ['2', 0], entry.name))
    async function* measured() {
      for await (const piece of content) {
        const bytes = Buffer.from(piece)
        entry.crc = crc32(bytes, entry.crc)
        entry.unpacked += bytes.length
        yield bytes
      }
    }
    const source = Readable.from(measured())
    const packing = source.pipe(createDeflateRaw({ level: 4 }))
    source.on('error', (error) => packing.destroy(error))
    try {
      for await (const chunk of packing as AsyncIterable<Buffer>) {
        entry.compressed += chunk.length
        yield this.#counted(chunk)
      }
    } finally {
      source.destroy()
    }
    if (entry.unpacked > largest || this.#offset > largest) throw new Error('A ZIP file of more than 4 GB is not written.')
    yield this.#counted(record(0x08074b50, ['4', entry.crc], ['4', entry.compressed], ['4', entry.unpacked]))
    this.#entries.push(entry)
  }

  /** The central directory. */
  *end(): Generator<Buffer> {
    const start = this.#offset
    for (const { name, crc, compressed, unpacked, offset } of this.#entries) {
      yield this.#counted(record(0x02014b50, ['2', version], ['2', version], ['2', flags], ['2', deflate], ['2', 0], ['2', date], ['4', crc], ['4', compressed], ['4', unpacked],
        ['2', name.length], ['2', 0], ['2', 0], ['2', 0], ['2', 0], ['4', 0], ['4', offset], name))
    }
    const count = this.#entries.length
    yield record(0x06054b50, ['2', 0], ['2', 0], ['2', count], ['2', count], ['4', this.#offset - start], ['4', start], ['2', 0])
  }

  #counted(bytes: Buffer): Buffer {
    this.#offset += bytes.length
    return bytes
  }
}

type Part = [bytes: '2' | '4', value: number] | Buffer

function record(signature: number, ...parts: Part[]): Buffer {
  return Buffer.concat([number('4', signature), ...parts.map((part) => (Buffer.isBuffer(part) ? part : number(...part)))])
}

function number(bytes: '2' | '4', value: number): Buffer {
  const buffer = Buffer.alloc(Number(bytes))
  buffer.writeUIntLE(value, 0, buffer.length)
  return buffer
}
