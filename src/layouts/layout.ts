/** A layout's rules: what may be saved, and how a saved one is read after the entity type has changed. Nothing here touches the database. */
import type { Fault } from '../platform/errors.ts'
import type { Choice } from './choices.ts'
import type { LayoutGroup, LayoutKind } from './contract.ts'

export type LayoutInput = { items?: string[] | undefined; groups?: LayoutGroup[] | undefined }

/** The groups that a body says, or everything that is wrong with it. `nameOf` finds a choice by its name on the wire or in the definition. */
export function groupsFrom(body: LayoutInput, kind: LayoutKind, choices: readonly Choice[], nameOf: (given: string) => string): { groups: LayoutGroup[]; faults: Fault[] } {
  const [wanted, other] = kind === 'detail' ? ['groups', 'items'] as const : ['items', 'groups'] as const
  if (body[other]) return { groups: [], faults: [{ path: other, message: `A layout of the kind ${kind} is made of ${wanted}.` }] }
  if (!body[wanted]) return { groups: [], faults: [{ path: wanted, message: 'This is required.' }] }
  const given = kind === 'detail' ? body.groups! : [{ title: '', items: body.items! }]
  const groups = given.map(({ title, items }) => ({ title, items: items.map(nameOf) }))
  const at = (group: number, item: number) => (kind === 'detail' ? `groups.${group}.items.${item}` : `items.${item}`)
  return { groups, faults: [...faultsOfNames(groups, choices, at), ...hiddenFaults(groups, choices, wanted), ...(kind === 'list' && groups[0]!.items.length === 0 ? [{ path: 'items', message: 'A list needs a column.' }] : [])] }
}

function faultsOfNames(groups: LayoutGroup[], choices: readonly Choice[], at: (group: number, item: number) => string): Fault[] {
  const known = new Set(choices.map(({ name }) => name))
  const seen = new Set<string>()
  return groups.flatMap(({ items }, group) => items.flatMap((name, item) => {
    const twice = seen.has(name)
    seen.add(name)
    if (!known.has(name)) return [{ path: at(group, item), message: `There is no “${name}” to show here.` }]
    return twice ? [{ path: at(group, item), message: `“${name}” is shown already.` }] : []
  }))
}

function hiddenFaults(groups: LayoutGroup[], choices: readonly Choice[], path: string): Fault[] {
  const shown = new Set(groups.flatMap(({ items }) => items))
  return choices.filter(({ name, required }) => required && !shown.has(name))
    .map(({ name, label }) => ({ path, message: `“${name}” (${label}) is required, so the form must show it.` }))
}

/** As it can be shown today: what was removed is left out, what became required since stands at the end. */
export function fittedTo(stored: readonly LayoutGroup[], choices: readonly Choice[]): { groups: LayoutGroup[]; gone: string[] } {
  const known = new Set(choices.map(({ name }) => name))
  const shown = new Set(stored.flatMap(({ items }) => items))
  const groups = stored.map(({ title, items }) => ({ title, items: items.filter((name) => known.has(name)) }))
  const missing = choices.filter(({ name, required }) => required && !shown.has(name)).map(({ name }) => name)
  if (missing.length > 0 && groups.length > 0) groups.at(-1)!.items.push(...missing)
  return { groups: missing.length > 0 && groups.length === 0 ? [{ title: 'Details', items: missing }] : groups, gone: [...shown].filter((name) => !known.has(name)) }
}
