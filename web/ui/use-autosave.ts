/** Autosave for a screen: a value, a way to change it, and whether it is saved. Leaving the page saves, or warns. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { autosaver } from './autosave.ts'

export function useAutosave<Value>(first: Value, save: (value: Value) => Promise<unknown>) {
  const [value, setValue] = useState(first)
  const [saver] = useState(() => autosaver(first, save))
  useEffect(() => saver.saveWith(save), [saver, save])
  const state = useSyncExternalStore(saver.subscribe, saver.state)
  useEffect(() => () => { void saver.flush() }, [saver])
  useWarningBeforeLeaving(state.kind !== 'saved')
  const change = (next: Value) => { setValue(next); saver.change(next) }
  return { value, change, state, flush: saver.flush }
}

function useWarningBeforeLeaving(unsaved: boolean) {
  useEffect(() => {
    if (!unsaved) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [unsaved])
}
