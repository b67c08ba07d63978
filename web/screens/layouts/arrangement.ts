/** What is shown in which order while somebody arranges a layout: groups of names and the hidden rest. Pure; every step answers a new arrangement. */
import type { LayoutGroup } from '../../../src/layouts/contract.ts'

export type Arrangement = { groups: LayoutGroup[]; hidden: string[] }
/** `group` is the index of a group, or `hidden`. */
export type Place = { group: number | 'hidden'; index: number }

export const arrangementOf = (groups: LayoutGroup[], names: string[]): Arrangement => {
  const shown = new Set(groups.flatMap(({ items }) => items))
  return { groups, hidden: names.filter((name) => !shown.has(name)) }
}

export function placeOf({ groups, hidden }: Arrangement, name: string): Place {
  const group = groups.findIndex(({ items }) => items.includes(name))
  return group < 0 ? { group: 'hidden', index: hidden.indexOf(name) } : { group, index: groups[group]!.items.indexOf(name) }
}

/** To where it is dropped: `index` counts without the thing itself. */
export function moved(arrangement: Arrangement, name: string, { group, index }: Place): Arrangement {
  const without = (items: string[]) => items.filter((other) => other !== name)
  const groups = arrangement.groups.map((each, at) => ({ ...each, items: at === group ? without(each.items).toSpliced(index, 0, name) : without(each.items) }))
  const hidden = without(arrangement.hidden)
  return { groups, hidden: group === 'hidden' ? hidden.toSpliced(index, 0, name) : hidden }
}

/** One up (-1) or down (1); over the edge of a group it enters the next one. At either end nothing changes. */
export function stepped(arrangement: Arrangement, name: string, step: -1 | 1): Arrangement {
  const { group, index } = placeOf(arrangement, name)
  const items = group === 'hidden' ? arrangement.hidden : arrangement.groups[group]!.items
  const next = index + step
  if (next >= 0 && next < items.length) return moved(arrangement, name, { group, index: next })
  const neighbour = group === 'hidden' ? undefined : arrangement.groups[group + step]
  return neighbour ? moved(arrangement, name, { group: (group as number) + step, index: step > 0 ? 0 : neighbour.items.length }) : arrangement
}

/** First of what is hidden: there it is found again. */
export const hide = (arrangement: Arrangement, name: string): Arrangement => moved(arrangement, name, { group: 'hidden', index: 0 })
/** Shown at the end of the last group. */
export const show = (arrangement: Arrangement, name: string): Arrangement =>
  moved(arrangement, name, { group: arrangement.groups.length - 1, index: arrangement.groups.at(-1)!.items.length })

export const withGroup = ({ groups, hidden }: Arrangement, title: string): Arrangement => ({ groups: [...groups, { title, items: [] }], hidden })
export const titled = ({ groups, hidden }: Arrangement, at: number, title: string): Arrangement => ({ groups: groups.with(at, { ...groups[at]!, title }), hidden })

/** What a removed group showed is shown by the one before it, or the one after the first. */
export function withoutGroup({ groups, hidden }: Arrangement, at: number): Arrangement {
  const heir = at === 0 ? 1 : at - 1
  const items = at === 0 ? [...groups[0]!.items, ...groups[1]!.items] : [...groups[heir]!.items, ...groups[at]!.items]
  return { groups: groups.with(heir, { ...groups[heir]!, items }).toSpliced(at, 1), hidden }
}
