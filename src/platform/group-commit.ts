/** Group commit: whatever arrives while one batch is being written goes into the next one. Nobody waits for a timer. */

export type GroupCommit<Item, Result> = {
  /** Resolves with this item's result once its batch is committed; rejects with what the batch failed with. */
  add(item: Item): Promise<Result>
  /** Resolves when everything added so far is written. */
  drained(): Promise<void>
}

/** `write` gets the items in the order of `add` and answers one result for each, in the same order. One batch at a time. */
export function groupCommit<Item, Result>(write: (items: Item[]) => Promise<readonly Result[]>, maxBatch = 500): GroupCommit<Item, Result> {
  type Waiting = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  let running: Promise<void> | undefined

  const writeAll = async () => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, maxBatch)
      try {
        const results = await write(batch.map(({ item }) => item))
        batch.forEach(({ resolve }, index) => resolve(results[index]!))
      } catch (error) {
        batch.forEach(({ reject }) => reject(error))
      }
    }
    running = undefined
  }

  return {
    add: (item) => new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      running ??= Promise.resolve().then(writeAll)
    }),
    async drained() {
      while (running) await running
    },
  }
}
