/** A saved view as the address of a list, and whether the list still shows what the view says. */
import type { SavedView } from '../../api/saved-views.ts'
import type { Filter } from '../../ui/filter.ts'

export const newestFirst = '-createdAt'

type Kept = Pick<SavedView, 'id' | 'filter' | 'q' | 'sort' | 'columns'>
export type Shown = { filter: Filter | undefined; q: string; sort: string; columns: string[] }

export function addressOf({ id, filter, q, sort }: Kept): Record<string, string> {
  return { view: id, ...(filter ? { filter: JSON.stringify(filter) } : {}), ...(q && { q }), ...(sort && sort !== newestFirst && { sort }) }
}

export const isChanged = (view: Kept, { filter, q, sort, ownColumns }: Shown & { ownColumns: boolean }): boolean =>
  ownColumns || !isSame(view.filter ?? null, filter ?? null) || view.q !== q || (view.sort || newestFirst) !== sort

/** What is kept of a list under a name. */
export const viewOf = ({ filter, q, sort, columns }: Shown) => ({ filter: filter ?? null, q, sort, columns })

/** The database keeps the keys of a tree in an order of its own. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  const [left, right] = [Object.entries(one), Object.entries(other)]
  return left.length === right.length && left.every(([key, value]) => key in other && isSame(value, (other as Record<string, unknown>)[key]))
}
