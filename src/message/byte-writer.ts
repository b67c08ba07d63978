/** A growing buffer that a message is written into; kept and used again from message to message. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(64 * 1024)
  #length = 0

  /** Text of which every character is ASCII. */
  ascii(text: string): void {
    this.reserve(text.length)
    this.#length += this.#bytes.write(text, this.#length, 'latin1')
  }

  utf8(text: string): void {
    this.reserve(text.length * 3)
    this.#length += this.#bytes.write(text, this.#length, 'utf8')
  }

  /** Room for at least so many more bytes: the buffer and where to go on writing. Tell what was written with `advanceTo`. */
  reserve(count: number): { bytes: Buffer; at: number } {
    if (this.#length + count > this.#bytes.length) this.#grow(this.#length + count)
    return { bytes: this.#bytes, at: this.#length }
  }

  advanceTo(length: number): void {
    this.#length = length
  }

  /** A copy of everything written; the writer is empty afterwards. */
  take(): Buffer {
    const taken = Buffer.allocUnsafe(this.#length)
    this.#bytes.copy(taken, 0, 0, this.#length)
    this.#length = 0
    return taken
  }

  clear(): void {
    this.#length = 0
  }

  #grow(least: number): void {
    const bigger = Buffer.allocUnsafe(Math.max(least, this.#bytes.length * 2))
    this.#bytes.copy(bigger, 0, 0, this.#length)
    this.#bytes = bigger
  }
}
