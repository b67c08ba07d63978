/** Moving things in a layout: by drag and drop, by buttons, by keys; says what happened to screen readers. The focus follows what is moved by keys; a press of a button must not make the page jump. */
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Layout } from '../../../src/layouts/contract.ts'
import { type Arrangement, type Place, hide, moved, placeOf, show, stepped } from './arrangement.ts'
import { layoutWords } from './layout-words.ts'

export type Arranging = ReturnType<typeof useArranging>

type Arrange = { layout: Layout; arrangement: Arrangement; onArrangement: (arrangement: Arrangement) => void; frame: RefObject<HTMLElement | null> }

export function useArranging({ layout, arrangement, onArrangement, frame }: Arrange) {
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<Place | null>(null)
  const [said, say] = useState('')
  const focusNext = useRef<string | null>(null)
  useEffect(() => {
    if (focusNext.current) frame.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(focusNext.current)}"]`)?.focus()
    focusNext.current = null
  }, [arrangement, frame])

  const labelOf = (name: string) => layout.choices.find((choice) => choice.name === name)?.label ?? name
  const mustStay = (name: string) => layout.choices.find((choice) => choice.name === name)?.required ?? false
  const change = (name: string, after: Arrangement) => {
    if (after === arrangement) return say(`${labelOf(name)} is at the end already.`)
    say(whereabouts(layout, after, name, labelOf(name)))
    onArrangement(after)
  }
  const turn = (name: string) => {
    if (placeOf(arrangement, name).group === 'hidden') change(name, show(arrangement, name))
    else if (mustStay(name)) say(`${labelOf(name)} must stay: it is required.`)
    else change(name, hide(arrangement, name))
  }
  const step = (name: string, by: -1 | 1) => change(name, stepped(arrangement, name, by))
  const keys = (name: string) => (event: KeyboardEvent) => {
    const hidden = placeOf(arrangement, name).group === 'hidden'
    const acts: Record<string, () => void> = { ArrowUp: () => step(name, -1), ArrowDown: () => step(name, 1), [hidden ? 'Enter' : 'Delete']: () => turn(name) }
    const act = acts[event.key]
    if (!act || event.target !== event.currentTarget) return
    event.preventDefault()
    focusNext.current = name
    act()
  }
  const drop = (place: Place) => {
    const name = dragged
    setDragged(null)
    setOver(null)
    if (!name || (place.group === 'hidden' && mustStay(name))) return
    const from = placeOf(arrangement, name)
    const index = from.group === place.group && from.index < place.index ? place.index - 1 : place.index
    if (from.group !== place.group || from.index !== index) change(name, moved(arrangement, name, { group: place.group, index }))
  }
  return { said, dragged, setDragged, over, setOver, drop, labelOf, mustStay, turn, step, keys }
}

/** `First Name: 2 of 6, Details.` */
function whereabouts({ kind, groups }: Layout, after: Arrangement, name: string, label: string): string {
  const { group, index } = placeOf(after, name)
  if (group === 'hidden') return `${label}: ${layoutWords[kind].hidden.toLowerCase()}.`
  return `${label}: ${index + 1} of ${after.groups[group]!.items.length}, ${groups ? after.groups[group]!.title : layoutWords[kind].shown.toLowerCase()}.`
}
