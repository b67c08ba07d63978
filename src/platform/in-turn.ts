/** Many of a kind, one after another: what goes wrong with one keeps no other one waiting, and is said in the end. */
import { isDatabaseGone } from './errors.ts'

export async function inTurn<Item extends { id: string }>(items: readonly Item[], signal: AbortSignal, work: (item: Item) => Promise<void>): Promise<void> {
  const faults: string[] = []
  for (const item of items) {
    if (signal.aborted) break
    try {
      await work(item)
    } catch (error) {
      if (isDatabaseGone(error)) throw error
      faults.push(`${item.id}: ${(error as Error).message}`)
    }
  }
  if (faults.length > 0) throw new Error(`${faults.length} of ${items.length} did not work. ${faults.slice(0, 5).join(' ')}`)
}
