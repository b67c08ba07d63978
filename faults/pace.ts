/** How much one thing slows another: the same work timed alone and beside it, in turns. */
import type { MailServer } from './mail-server.ts'

/**
 * Each message takes this long on the server, so the pace is set by waiting and not by the processor: what else the machine does
 * changes it little, and a connection that is held up shows at once.
 */
export const perMessageMs = 50

/** Seconds in which the next `count` messages arrive. */
export async function secondsFor({ journal }: MailServer, count: number): Promise<number> {
  const start = performance.now()
  await journal.received(journal.entries.length + count)
  return (performance.now() - start) / 1000
}

/** By how much the second is slower, in percent, by the medians of the turns. */
export function slowdownPercent(turns: readonly { alone: number; beside: number }[]): number {
  const alone = median(turns.map((turn) => turn.alone))
  return Math.round((median(turns.map((turn) => turn.beside)) / alone - 1) * 1000) / 10
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
