/** Many rows deleted or changed a few at a time, so that no statement is long and nobody waits for its locks. */
import type { QueryResult } from 'kysely'

const batch = 5_000

/** `step` does at most `limit` rows; it is called until it finds fewer. Answers how many there were. */
export async function inBatches(step: (limit: number) => Promise<QueryResult<unknown>>, limit = batch): Promise<number> {
  for (let all = 0; ;) {
    const count = Number((await step(limit)).numAffectedRows ?? 0)
    all += count
    if (count < limit) return all
  }
}
