/** Where the server's time goes: V8's own profiles of all its threads (`node --cpu-prof`), cut to the time that was measured. */
import { readdir, readFile } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What node is told to keep profiles in a folder; they are written when it ends. */
export const profiled = (folder: string, program: string[]): string[] => ['--cpu-prof', `--cpu-prof-dir=${folder}`, ...program]

/** Of the monotonic clock, which V8's profiles use as well. */
export type Window = { fromMicros: number; toMicros: number }
export const nowMicros = (): number => Number(process.hrtime.bigint() / 1000n)

type Frame = { functionName: string; url: string; lineNumber: number; columnNumber: number }
type CpuProfile = { nodes: { id: number; callFrame: Frame }[]; startTime: number; samples: number[]; timeDeltas: number[] }
type Place = { name: string; micros: number }

/** The functions that had the processor themselves the longest, hottest first, with their share of all that was not idle. */
export async function printHottest(folder: string, window: Window, count = 30): Promise<void> {
  const places = new Map<string, Place>()
  const sources = new Sources()
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'))) {
    const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile
    for (const [frame, micros] of selfTimes(profile, window)) {
      const name = `${frame.functionName || '(anonymous)'} ${await sources.nameOf(frame)}`.trim()
      places.set(name, { name, micros: (places.get(name)?.micros ?? 0) + micros })
    }
  }
  const busy = [...places.values()].filter(({ name }) => !name.startsWith('(idle)')).sort((a, b) => b.micros - a.micros)
  const total = busy.reduce((sum, { micros }) => sum + micros, 0)
  console.error(`The server was busy ${(total / 1e6).toFixed(2)} s of ${((window.toMicros - window.fromMicros) / 1e6).toFixed(2)} s. Self time:`)
  for (const { name, micros } of busy.slice(0, count)) console.error(`${(micros / 1000).toFixed(0).padStart(8)} ms ${(100 * micros / total).toFixed(1).padStart(5)} %  ${name}`)
}

function selfTimes({ nodes, startTime, samples, timeDeltas }: CpuProfile, { fromMicros, toMicros }: Window): Map<Frame, number> {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const times = new Map<Frame, number>()
  let at = startTime
  for (const [index, id] of samples.entries()) {
    const micros = timeDeltas[index]!
    at += micros
    if (at < fromMicros || at > toMicros) continue
    const frame = frames.get(id)!
    times.set(frame, (times.get(frame) ?? 0) + micros)
  }
  return times
}

/** Turns places in the bundle into those of the sources. */
class Sources {
  readonly #maps = new Map<string, SourceMap | null>()

  async nameOf({ url, lineNumber, columnNumber }: Frame): Promise<string> {
    if (!url.startsWith('file:')) return url
    const entry = (await this.#mapOf(fileURLToPath(url)))?.findEntry(lineNumber, columnNumber)
    if (entry && 'originalSource' in entry) return `${entry.originalSource.replace(/^(\.\.\/)+/, '')}:${entry.originalLine + 1}`
    return `${url.replace(/^.*\/node_modules\//, '')}:${lineNumber + 1}`
  }

  async #mapOf(file: string): Promise<SourceMap | null> {
    if (!this.#maps.has(file)) this.#maps.set(file, basename(file) === 'main.js' ? await readMap(`${file}.map`) : null)
    return this.#maps.get(file)!
  }
}

const readMap = (path: string): Promise<SourceMap | null> =>
  readFile(path, 'utf8').then((text) => new SourceMap(JSON.parse(text)), () => null)
