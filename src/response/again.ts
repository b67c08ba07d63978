/** Transactions that write about deliveries a sender may be settling at the same moment. */
import { sqlState } from '../platform/errors.ts'

const tries = 3

/** Of two that wait for each other in a circle the database ends one; that one comes again (SQLSTATE 40P01, 40001). */
export async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === tries || !sqlState(error)?.startsWith('40')) throw error
    }
  }
}
