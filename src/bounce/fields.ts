/** Fields of a header, or of a group in a delivery report: `Name: value` with folded lines. Forgiving, since reports are often malformed. */
import { maxFieldLength, maxFields } from './limits.ts'

/** Names in lower case; every value of a name in the order of the message. */
export type Fields = Map<string, string[]>

/** RFC 5322 2.2, and a mailbox line such as `From x@y Thu Jan 1 …` before it, which is no field. */
export function parseFields(text: string): Fields {
  const fields: Fields = new Map()
  const unfolded = text.replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, ' ')
  for (const line of unfolded.split('\n', maxFields)) {
    const match = /^>?([!-9;-~]{1,80})[ \t]*:(.*)$/s.exec(line)
    if (match) addField(fields, match[1]!, match[2]!)
  }
  return fields
}

export function addField(fields: Fields, name: string, value: string): void {
  const key = name.toLowerCase()
  const values = fields.get(key)
  const kept = value.slice(0, maxFieldLength).trim()
  if (values) values.push(kept)
  else fields.set(key, [kept])
}

export const first = (fields: Fields, name: string): string => fields.get(name)?.[0] ?? ''

/** Groups of fields divided by blank lines (RFC 3464 2.1). Groups without a field are left out. */
export const parseGroups = (text: string): Fields[] =>
  text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/).map(parseFields).filter((fields) => fields.size > 0)
