/** The texts that many cells of a workbook share, by number. Few are kept in memory; many lie in a file, so that memory does not grow with them. */
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { XmlFault } from './xml.ts'

/** In characters. Above it the texts go to disk. */
const keptInMemory = 16 * 1024 * 1024
const writtenAtOnceBytes = 1024 * 1024
/** What a million rows with twenty columns share at most. */
const mostTexts = 20_000_000
/** A text costs memory even when it is empty. */
const textCost = 8

export class SharedStrings {
  readonly #path: string
  #texts: string[] | null = []
  #length = 0
  #file = -1
  /** Where each text ends in the file. */
  #ends = new Float64Array(1024)
  #count = 0
  #pending: Buffer[] = []
  #pendingBytes = 0
  #bytes = 0

  /** `path` may be written, and is gone after `close`. */
  constructor(path: string) {
    this.#path = path
  }

  add(text: string): void {
    if (this.#texts) {
      this.#texts.push(text)
      this.#length += text.length + textCost
      if (this.#length > keptInMemory) this.#toDisk()
    } else this.#append(text)
  }

  get(index: number): string | undefined {
    if (this.#texts) return this.#texts[index]
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) return undefined
    this.#flush()
    const start = index === 0 ? 0 : this.#ends[index - 1]!
    const text = Buffer.alloc(this.#ends[index]! - start)
    readSync(this.#file, text, 0, text.length, start)
    return text.toString('utf8')
  }

  close(): void {
    if (this.#file < 0) return
    closeSync(this.#file)
    rmSync(this.#path, { force: true })
    this.#file = -1
  }

  #toDisk() {
    this.#file = openSync(this.#path, 'w+', 0o600)
    const texts = this.#texts!
    this.#texts = null
    for (const text of texts) this.#append(text)
  }

  #append(text: string) {
    if (this.#count >= mostTexts) throw new XmlFault('The spreadsheet holds more texts than can be read. Save the sheet as CSV and import that.')
    if (this.#count === this.#ends.length) {
      const larger = new Float64Array(Math.min(this.#ends.length * 2, mostTexts))
      larger.set(this.#ends)
      this.#ends = larger
    }
    if (text !== '') this.#wait(Buffer.from(text, 'utf8'))
    this.#ends[this.#count++] = this.#bytes
  }

  #wait(bytes: Buffer) {
    this.#bytes += bytes.length
    this.#pending.push(bytes)
    this.#pendingBytes += bytes.length + textCost
    if (this.#pendingBytes > writtenAtOnceBytes) this.#flush()
  }

  #flush() {
    if (this.#pending.length === 0) return
    writeSync(this.#file, Buffer.concat(this.#pending))
    this.#pending = []
    this.#pendingBytes = 0
  }
}
