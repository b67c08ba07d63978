/** The figures of one run: printed as they come, kept as one small file with the machine and the commit they are of. */
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Figure, type Line, lineOf } from './figure.ts'

export type Run = {
  at: string
  /** Of the sources; with `+` when they were changed since. */
  commit: string
  machine: { processor: string; cores: number; memoryGigabytes: number; node: string }
  figures: Line[]
}

const folder = fileURLToPath(new URL('results', import.meta.url))

export class Results {
  readonly #lines: Line[] = []

  readonly report = (figure: Figure): void => {
    const line = lineOf(figure)
    this.#lines.push(line)
    console.log(JSON.stringify(line))
  }

  async keep(name: string): Promise<void> {
    if (this.#lines.length === 0) return
    const run: Run = { at: new Date().toISOString(), commit: commitOf(), machine: machine(), figures: this.#lines }
    await mkdir(folder, { recursive: true })
    const file = `${run.at.slice(0, 16).replace(':', '')}-${run.commit.replace('+', '-changed')}-${name}.json`
    await writeFile(join(folder, file), `${JSON.stringify(run, null, 1)}\n`)
    console.error(`Kept in bench/results/${file}`)
  }
}

/** Newest first. */
export async function readRuns(): Promise<Run[]> {
  await mkdir(folder, { recursive: true })
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort().reverse()
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Run))
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: dirname(folder), encoding: 'utf8' }).trim()

const commitOf = () => git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', ':/src', ':/bench/*.ts', ':/migrations') === '' ? '' : '+')

const machine = (): Run['machine'] => ({
  processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryGigabytes: Math.round(totalmem() / 2 ** 30), node: process.version,
})
