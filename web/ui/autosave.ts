/** Saves by itself what somebody is writing: waits for a pause, one save at a time, the newest text wins. No React, no API. */
export type AutosaveState =
  | { kind: 'saved'; at: Date | null }
  | { kind: 'changed' }
  | { kind: 'saving' }
  | { kind: 'failed'; error: unknown }

export type Autosaver<Value> = ReturnType<typeof autosaver<Value>>

/** `saved` is what the server holds now. After a failure the value stays wanted: the next change or `flush` tries again. */
export function autosaver<Value>(saved: Value, firstSave: (value: Value) => Promise<unknown>, waitMilliseconds = 800) {
  let save = firstSave
  let wanted = saved
  let stored = saved
  let state: AutosaveState = { kind: 'saved', at: null }
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  const listeners = new Set<() => void>()

  const become = (next: AutosaveState) => { state = next; listeners.forEach((listener) => listener()) }

  async function run() {
    while (wanted !== stored) {
      const value = wanted
      become({ kind: 'saving' })
      try {
        await save(value)
      } catch (error) {
        return become({ kind: 'failed', error })
      }
      stored = value
    }
    become({ kind: 'saved', at: new Date() })
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    if (wanted === stored) return running ?? Promise.resolve()
    running ??= run().finally(() => { running = undefined })
    return running
  }

  return {
    change(value: Value) {
      wanted = value
      clearTimeout(timer)
      if (running) return // it sees the newer value when it has stored the older one
      become({ kind: 'changed' })
      timer = setTimeout(() => { void flush() }, waitMilliseconds)
    },
    /** From now on saved by this function: a screen hands in the one of its newest rendering. */
    saveWith(newSave: typeof save) { save = newSave },
    /** Saves at once what is not saved yet; ready when nothing is left or it failed. */
    flush,
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
  }
}
