/** Fields that are no columns: computed for the rows of a page at once, and only when somebody asks for them. */
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { type Item, listPage, type Page } from './list.ts'
import type { Listable, ListContext } from './listable.ts'

/** `of` answers, by the rows' ids, an object with all of `names`. They cannot be filtered or sorted by. */
export type ComputedFields = { names: readonly string[]; of: (ids: string[]) => Promise<Map<string, object>> }

/** As `listPage`, with the computed fields beside the others. */
export async function pageWithComputed(
  db: Db, listable: Listable, query: Partial<ListQuery>, context: ListContext, computed: ComputedFields,
): Promise<Page> {
  const asked = query.fields ? query.fields.split(',').map((name) => name.trim()) : null
  const wanted = computed.names.filter((name) => asked === null || asked.includes(name))
  const columns = asked?.filter((name) => !wanted.includes(name))
  const page = await listPage(db, listable, { ...query, fields: columns && (columns.join(',') || 'id') }, context)
  if (wanted.length === 0) return page
  const values = await computed.of(page.items.map(({ id }) => id as string))
  return { ...page, items: page.items.map((item) => ({ ...item, ...picked(values.get(item.id as string), wanted) })) }
}

const picked = (from: object | undefined, names: readonly string[]): Item =>
  Object.fromEntries(Object.entries(from ?? {}).filter(([name]) => names.includes(name)))
