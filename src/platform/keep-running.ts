/** Looks after a server that may be killed at any time: looked for every second, started again when it is gone. */

const lookEveryMs = 1_000

/** `start` may fail (what is left of the old one still goes down): it is tried again at the next look. Answers how to stop looking. */
export function keepRunning({ isRunning, start, onGone }: { isRunning(): boolean; start(): Promise<void>; onGone(): void }): () => Promise<void> {
  let starting: Promise<void> | null = null
  let wasThere = true
  const timer = setInterval(() => {
    if (starting) return
    const isThere = isRunning()
    if (!isThere && wasThere) onGone()
    wasThere = isThere
    if (!isThere) starting = start().catch(() => {}).finally(() => { starting = null })
  }, lookEveryMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await starting
  }
}
