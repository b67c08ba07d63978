/** The present status of deliveries in the figures. */
import type { Tx } from '../platform/db.ts'
import { addCounts } from './counters.ts'
import type { FigureChange, Recipients } from './entry.ts'
import { lockLane } from './lane-lock.ts'

type DeliveryStatus = 'pending' | 'sending' | 'sent' | 'failed' | 'skipped' | 'uncertain'
/** `count` deliveries of one lane (no tests among them) went from one status to another. */
export type StatusMove = { massEmailId: string; campaignId: string; from: DeliveryStatus; to: DeliveryStatus; of: Recipients; count: number }

/** Keeps sent, failed, skipped and uncertain in step with the deliveries' present status; pending and sending are not counted. */
export async function moveStatus(tx: Tx, lane: number, moves: readonly StatusMove[]): Promise<void> {
  const counts = (status: DeliveryStatus) => status !== 'pending' && status !== 'sending'
  const figures: FigureChange[] = []
  // Written out, not spread: a sender moves thousands a second.
  for (const { massEmailId, campaignId, from, to, of, count } of moves) {
    if (counts(from)) figures.push({ massEmailId, campaignId, metric: from, of, count: -count })
    if (counts(to)) figures.push({ massEmailId, campaignId, metric: to, of, count })
  }
  if (figures.length === 0) return
  // Before any of its rows: whoever logs something about the lane adds to the same rows, and holds the lock while it does.
  await lockLane(tx, lane)
  await addCounts(tx, lane, { figures })
}
