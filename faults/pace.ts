/** How much one thing slows another: the same work timed alone and beside it, in turns. */
import type { MailServer } from './mail-server.ts'

/**
 * Each message takes this long on the server, so the pace is set by waiting and not by the processor: what else the machine does
 * changes it little, and a connection that is held up shows at once.
 */
export const perMessageMs = 50

/** Seconds in which the next `count` messages arrive. */
async function secondsFor({ journal }: MailServer, count: number): Promise<number> {
  const start = performance.now()
  await journal.received(journal.entries.length + count)
  return (performance.now() - start) / 1000
}

/** Seconds for the same work. */
export type Turn = { alone: number; beside: number }

export const messagesOfATurn = 800

/** So many messages alone, then so many after `disturb`. */
export async function timeTurn(server: MailServer, disturb: () => unknown): Promise<Turn> {
  const alone = await secondsFor(server, messagesOfATurn)
  await disturb()
  return { alone, beside: await secondsFor(server, messagesOfATurn) }
}

/** By how much the work takes longer beside the disturbance, in percent, over all turns. */
export function slowdownPercent(turns: readonly Turn[]): number {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  return Math.round((sum(turns.map(({ beside }) => beside)) / sum(turns.map(({ alone }) => alone)) - 1) * 1000) / 10
}
