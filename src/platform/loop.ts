/** Work that comes back: runs, waits, runs again, until stopped. A nudge ends the wait at once. */
import type { Log } from './log.ts'

const longestPauseMs = 4_000

export type Loop = { nudge(): void; stop(): Promise<void> }

/**
 * Runs `work` again and again, `everyMs` apart; straight on while it answers true ("there is more").
 * An error is logged and waited out, growing from one second to four: a database that is away must not fill the log, and when it is
 * back everything must go on within ten seconds.
 */
export function startLoop({ name, everyMs, log, work }: {
  name: string; everyMs: number; log: Log; work: (signal: AbortSignal) => Promise<boolean | void>
}): Loop {
  const stopping = new AbortController()
  let wake = () => {}
  let nudged = false
  let errorsInRow = 0

  const pause = (ms: number) => new Promise<void>((resolve) => {
    if (nudged || stopping.signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    wake = () => { clearTimeout(timer); resolve() }
  })

  const running = (async () => {
    while (!stopping.signal.aborted) {
      nudged = false
      try {
        const more = await work(stopping.signal)
        errorsInRow = 0
        if (!more) await pause(everyMs)
      } catch (error) {
        if (stopping.signal.aborted) return
        log.error({ loop: name, error: (error as Error).message, stack: (error as Error).stack }, 'a loop failed and goes on')
        await pause(Math.min(longestPauseMs, 1000 * 2 ** errorsInRow++))
      }
    }
  })()

  return {
    nudge() { nudged = true; wake() },
    async stop() { stopping.abort(); wake(); await running },
  }
}
