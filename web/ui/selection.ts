/** What is chosen in a list: some rows by id, or every result of the current filter, seen or not. */
import { useState } from 'react'

export type Selection = { all: boolean; ids: ReadonlySet<string> }
export const nothing: Selection = { all: false, ids: new Set() }

export const isChosen = (selection: Selection, id: string) => selection.all || selection.ids.has(id)
export const chosenCount = (selection: Selection, total: number) => (selection.all ? total : selection.ids.size)

/** Choosing or dropping one row of "all results" leaves only the rows that can be seen. */
export function toggled(selection: Selection, id: string, shown: string[]): Selection {
  const ids = new Set(selection.all ? shown : selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { all: false, ids }
}

/** Selection that is forgotten when what it was made in (filter, text) changes. */
export function useSelection(madeIn: string) {
  const [state, setState] = useState({ madeIn, selection: nothing })
  const selection = state.madeIn === madeIn ? state.selection : nothing
  return [selection, (selection: Selection) => setState({ madeIn, selection })] as const
}
