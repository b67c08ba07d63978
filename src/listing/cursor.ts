/** Where a page ended: the sort, the last row's place in it, and the total that the first page counted; opaque to the outside. */
import { createHash } from 'node:crypto'
import { invalid } from '../platform/errors.ts'
import type { Selection } from './query.ts'

/** `value` is the sort expression as PostgreSQL writes it: a Date would lose its microseconds. `tie` is what stands behind it in the order, the id last. */
export type Cursor = { sort: string; value: string | null; tie: string[]; counted?: Counted }
/** A total and the filter it is of: the pages of one list need not all count. */
export type Counted = { total: number; totalIsEstimate: boolean; of: string }

export const encodeCursor = ({ sort, value, tie, counted }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, value, tie, ...(counted ? [[counted.total, counted.totalIsEstimate, counted.of]] : [])])).toString('base64url')

/** Throws 400 for what is no cursor, or one of another sort order. */
export function decodeCursor(text: string, sort: string, ties: number): Cursor {
  const cursor = parse(text)
  if (cursor?.tie.length !== ties) throw invalidCursor()
  if (cursor.sort !== sort) throw invalid([{ path: 'cursor', message: 'belongs to another sort order; begin with the first page' }])
  return cursor
}

export const invalidCursor = () => invalid([{ path: 'cursor', message: 'is not one that a list has answered' }])

/** The same for the same filter and search only. */
export const markOf = ({ filter, q }: Selection): string => createHash('sha256').update(JSON.stringify([filter, q])).digest('base64url').slice(0, 8)

function parse(text: string): Cursor | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Array.isArray(parts)) return null
    const [sort, value, tie, counted] = parts as unknown[]
    if (!isText(sort) || !(value === null || isText(value)) || !Array.isArray(tie) || !tie.every(isText)) return null
    return { sort, value, tie, ...(isCounted(counted) && { counted: { total: counted[0], totalIsEstimate: counted[1], of: counted[2] } }) }
  } catch {
    return null
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isCounted = (value: unknown): value is [number, boolean, string] =>
  Array.isArray(value) && Number.isSafeInteger(value[0]) && value[0] >= 0 && typeof value[1] === 'boolean' && isText(value[2])
