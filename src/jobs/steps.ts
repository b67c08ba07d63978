/** A job of steps that do not need each other. */
import type { Counts } from './jobs.ts'

/** By the name under which its count stands in the run; a step without a count stands nowhere. */
export type Steps = Record<string, () => Promise<number | void>>

/** A step that fails keeps no other from its turn: the run fails afterwards and names it. A program that stops begins no further one. */
export async function runSteps(steps: Steps, signal: AbortSignal): Promise<Counts> {
  const counts: Counts = {}
  const failed: string[] = []
  for (const [name, step] of Object.entries(steps)) {
    if (signal.aborted) break
    try {
      const count = await step()
      if (count !== undefined) counts[name] = count
    } catch (error) {
      failed.push(`${name}: ${(error as Error).message}`)
    }
  }
  if (failed.length > 0) throw new Error(failed.join(' '))
  return counts
}
