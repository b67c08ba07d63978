/** Where a page ended: the sort, the value and the id of its last row, opaque to the outside. */
import { invalid } from '../platform/errors.ts'

/** `value` is the sort expression as PostgreSQL writes it: a Date would lose its microseconds. */
export type Cursor = { sort: string; value: string | null; id: string }

export const encodeCursor = ({ sort, value, id }: Cursor): string => Buffer.from(JSON.stringify([sort, value, id])).toString('base64url')

/** Throws 400 for what is no cursor, or one of another sort order. */
export function decodeCursor(text: string, sort: string): Cursor {
  const parts = parse(text)
  if (!parts) throw invalidCursor()
  if (parts[0] !== sort) throw invalid([{ path: 'cursor', message: 'belongs to another sort order; begin with the first page' }])
  return { sort: parts[0], value: parts[1], id: parts[2] }
}

export const invalidCursor = () => invalid([{ path: 'cursor', message: 'is not one that a list has answered' }])

function parse(text: string): [string, string | null, string] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(parts) && parts.length === 3 && isText(parts[0]) && (parts[1] === null || isText(parts[1])) && isText(parts[2])
      ? (parts as [string, string | null, string]) : null
  } catch {
    return null
  }
}

const isText = (value: unknown) => typeof value === 'string'
