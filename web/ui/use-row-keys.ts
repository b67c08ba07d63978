/** j and k walk the rows, x chooses, Enter opens: the whole page listens, unless somebody types or a dialog is open. */
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { type Selection, toggled } from './selection.ts'

type RowKeys = {
  ids: string[]
  enabled: boolean
  selection: Selection
  onSelection: ((selection: Selection) => void) | undefined
  linkTo: (index: number) => string | undefined
}

/** The index of the row the keys are on; -1 before the first key. */
export function useRowKeys({ ids, enabled, selection, onSelection, linkTo }: RowKeys): number {
  const [active, setActive] = useState(-1)
  const navigate = useNavigate()
  useEffect(() => {
    if (!enabled) return
    const act: Record<string, () => void> = {
      j: () => setActive((index) => Math.min(index + 1, ids.length - 1)),
      k: () => setActive((index) => Math.max(index - 1, 0)),
      x: () => { if (ids[active]) onSelection?.(toggled(selection, ids[active], ids)) },
      Enter: () => { const to = ids[active] && linkTo(active); if (to) void navigate(to) },
    }
    const onKey = (event: KeyboardEvent) => { if (!isBusy(event)) act[event.key]?.() }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
  return active
}

function isBusy(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement
  return event.ctrlKey || event.metaKey || event.altKey || target.isContentEditable
    || target.closest('input:not([type=checkbox]), textarea, select, button, a, [role=dialog], [role=menu]') !== null
}
