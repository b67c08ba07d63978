/**
 * The circuit breaker of an account: after a failure of the account itself nothing is sent through it for a while, longer each
 * time in a row. Its state lies in the database, so all sender processes pause together.
 */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Outcome } from './outcome.ts'

const longestPauseSeconds = 10
/** A server that says no for good (wrong password, no token, blocked) is not asked every few seconds: too many tries lock accounts. */
const longestPauseAfterRefusalSeconds = 300

/** 1, 2, 4, 8, … seconds. A server that comes back is found again within ten seconds, one that refused within five minutes. */
export function pauseSeconds(failuresInRow: number, { stage, code }: Pick<Outcome, 'stage' | 'code'>): number {
  const isRefusal = (code === null && stage === 'auth') || (code !== null && code >= 500 && stage !== 'data')
  return Math.min(2 ** (failuresInRow - 1), isRefusal ? longestPauseAfterRefusalSeconds : longestPauseSeconds)
}

/** Answers true when this failure opened the circuit: the one time to say so. Failures of one burst count once. */
export async function openCircuit(db: Db, accountId: string, outcome: Outcome, now: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const account = await tx.selectFrom('outboundAccount').select(['brokenUntil', 'brokenSince', 'failuresInRow']).where('id', '=', accountId).forUpdate().executeTakeFirst()
    if (!account || (account.brokenUntil && account.brokenUntil > now)) return false
    const failuresInRow = account.failuresInRow + 1
    await tx.updateTable('outboundAccount').set({
      failuresInRow, brokenReason: outcome.reply, brokenSince: account.brokenSince ?? now,
      brokenUntil: new Date(now.getTime() + pauseSeconds(failuresInRow, outcome) * 1000),
    }).where('id', '=', accountId).execute()
    return account.brokenSince === null
  })
}

/** The account works again. */
export const closeCircuit = (db: Db, accountId: string) =>
  sql`update outbound_account set broken_until = null, broken_reason = null, broken_since = null, failures_in_row = 0
       where id = ${accountId} and failures_in_row > 0`.execute(db)
