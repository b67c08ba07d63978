/** What the mail server took, written down before it said so: one line a message, in memory for the checker and in a file for a person. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { type Contents, readContents } from './letter.ts'

export type Entry = Contents & {
  recipient: string
  /** SHA-256 of the content as it came. */
  hash: string
  /** Milliseconds since 1970. */
  at: number
  connection: number
  encrypted: boolean
}

/** Of a machine that has other things to do as well. */
const patienceMs = 60_000

export class Journal {
  readonly entries: Entry[] = []
  readonly #file: number
  readonly #waiting: { count: number; go: () => void }[] = []

  constructor(path: string) {
    this.#file = openSync(path, 'a')
  }

  /** Handed to the operating system when it returns: what was answered after that cannot be forgotten. */
  write({ recipient, content, connection, encrypted }: { recipient: string; content: Buffer; connection: number; encrypted: boolean }): void {
    const hash = createHash('sha256').update(content).digest('hex')
    const entry = { recipient, hash, at: Date.now(), connection, encrypted, ...readContents(content.toString('latin1')) }
    writeSync(this.#file, `${JSON.stringify(entry)}\n`)
    this.entries.push(entry)
    for (const { count, go } of this.#waiting) if (this.entries.length >= count) go()
  }

  /** Resolves when so many messages have been taken; an error when that takes too long. */
  received(count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.entries.length >= count) return resolve()
      const timer = setTimeout(() => reject(new Error(`Only ${this.entries.length} of ${count} messages arrived in time.`)), patienceMs)
      this.#waiting.push({ count, go: () => { clearTimeout(timer); resolve() } })
    })
  }

  close(): void {
    closeSync(this.#file)
  }
}
