/** Writers about one lane take turns: what is counted from the log ("is this the first click?") has one answer, and rows of figures are locked in no circle. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { prepareInside, Slot } from '../platform/prepared.ts'

/** First key of the advisory locks; the second is the lane. */
const laneLock = 0x6c_6f_67

const lock = prepareInside(sql`select pg_advisory_xact_lock(${laneLock}, ${new Slot('lane')}::int)`)
/** Until the transaction ends. Who holds it already has it at once. */
export const lockLane = (tx: Tx, lane: number) => lock(tx, { lane })
