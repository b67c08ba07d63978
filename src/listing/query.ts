/** What a list is asked for: filter, search, sort and fields, read against a Listable. All faults at once; no SQL is run here. */
import { type RawBuilder, sql } from 'kysely'
import type { ListQuery } from '../platform/endpoint.ts'
import { AppError, type Fault, invalid } from '../platform/errors.ts'
import { compileFilter } from './filter.ts'
import type { Listable, ListColumn, ListContext } from './listable.ts'

export type Selection = Pick<ListQuery, 'filter' | 'q'>

/** The condition of a filter and a search together with the list's own; for whoever works on "all results". */
export function conditionOf(listable: Listable, { filter, q }: Selection, context: ListContext): RawBuilder<boolean> {
  const conditions = [
    listable.where,
    filter === undefined || filter === null ? undefined : compileFilter(filter, listable, context),
    ...wordsOf(q).map((word) => found(listable, word)),
  ].filter((condition) => condition !== undefined)
  if (conditions.length === 0) return sql<boolean>`true`
  return sql<boolean>`(${sql.join(conditions.map((condition) => sql`(${condition})`), sql` and `)})`
}

/** The list without its joins, where neither filter nor sort asks for what is joined: for finding and counting rows. */
export function unjoined(listable: Listable, { filter, sort }: Partial<ListQuery>): Listable {
  const isJoined = (name: string) => Object.hasOwn(listable.columns, name) && listable.columns[name]!.joined === true
  const asked = [...fieldsIn(filter), (sort ?? listable.defaultSort).replace(/^-/, '')]
  return listable.plain && !asked.some(isJoined) ? { ...listable, from: listable.plain } : listable
}

/** Whatever stands under "field", wherever it stands. */
function fieldsIn(tree: unknown): string[] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([key, value]) => (key === 'field' && typeof value === 'string' ? [value] : fieldsIn(value)))
}

/** `tie` orders what has the same value: it is never NULL, and all of it together is unique. */
export type Sort = { text: string; expression: RawBuilder<unknown>; tie: RawBuilder<unknown>[]; descending: boolean; notNull: boolean }

/** Filter, sort and fields are all read before anything is thrown: all faults at once. */
export function readQuery(listable: Listable, query: Partial<ListQuery>, context: ListContext) {
  const faults: Fault[] = []
  const gather = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof AppError) || !error.extra.errors) throw error
      faults.push(...error.extra.errors)
      return undefined
    }
  }
  const where = gather(() => conditionOf(listable, query, context))
  const sort = gather(() => sortOf(listable, query.sort ?? listable.defaultSort))
  const fields = gather(() => fieldsOf(listable, query.fields))
  if (!where || !sort || !fields) throw invalid(faults)
  return { where, sort, fields }
}

function wordsOf(q: string | undefined): string[] {
  if (q?.includes('\0')) throw invalid([{ path: 'q', message: 'must not contain a NUL character' }])
  return (q ?? '').split(/\s+/).filter((word) => word !== '').slice(0, 10)
}

function found({ search }: Listable, word: string): RawBuilder<boolean> {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(${sql.join(search.map((text) => sql`lower(${text}) like lower(${pattern}::text)`), sql` or `)})`
}

const unsortable = new Set(['multiEnum', 'linkMultiple'])
const textual = new Set(['text', 'longText', 'email', 'phone', 'url'])

function sortOf(listable: Listable, text: string): Sort {
  const descending = text.startsWith('-')
  const name = descending ? text.slice(1) : text
  const column = Object.hasOwn(listable.columns, name) ? listable.columns[name] : undefined
  if (!column || unsortable.has(column.type)) throw invalid([{ path: 'sort', message: `cannot sort by "${name.slice(0, 100)}"` }])
  const expression = textual.has(column.type) ? (column.folded ?? sql`lower(${column.sql})`) : column.sql
  const between = listable.tieBreak !== undefined && name !== listable.tieBreak && name !== 'id' ? [listable.columns[listable.tieBreak]!.sql] : []
  return { text, expression, tie: [...between, listable.id], descending, notNull: column.notNull ?? false }
}

export function fieldsOf(listable: Listable, fields: string | undefined): [string, ListColumn][] {
  if (fields === undefined || fields === '') return Object.entries(listable.columns).filter(([, column]) => column.shown !== false)
  const names = [...new Set(fields.split(',').map((name) => name.trim()))]
  const unknown = names.filter((name) => !Object.hasOwn(listable.columns, name))
  if (unknown.length > 0) throw invalid(unknown.map((name) => ({ path: 'fields', message: `"${name.slice(0, 100)}" is not a field here` })))
  return names.map((name) => [name, listable.columns[name]!])
}
