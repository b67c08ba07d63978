/** The detail of an audit entry as lines: what changed, before and after; what else is told. Ids say nothing to a person and stay in the API. Pure. */
import { shortTime } from '../../ui/time.ts'
import { inWords } from '../../ui/words.ts'

/** `before` is there where the entry knows it. */
export type DetailLine = { name: string; before?: string; after: string }

export function linesOf(detail: Record<string, unknown>): DetailLine[] {
  const { from, to, fields, ...rest } = detail
  return [
    ...changesIn(from, to),
    ...(Array.isArray(fields) && fields.length > 0 ? [{ name: 'Changed', after: fields.map((field) => inWords(String(field))).join(', ') }] : []),
    ...[...flattened(rest)].filter(([, text]) => text !== '–').map(([name, after]) => ({ name, after })),
  ]
}

function changesIn(from: unknown, to: unknown): DetailLine[] {
  if (from === undefined && to === undefined) return []
  if (!isObject(to) && !isObject(from)) {
    return from === undefined ? [{ name: 'To', after: textOf(to) }] : to === undefined ? [{ name: 'From', after: textOf(from) }] : [{ name: '', before: textOf(from), after: textOf(to) }]
  }
  const after = flattened(to ?? {})
  if (!isObject(from)) return [...after].map(([name, text]) => ({ name, after: text }))
  // A change tells only what was asked for: the rest stayed.
  const before = flattened(Object.fromEntries(Object.entries(from).filter(([key]) => isObject(to) && key in to)))
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, before: before.get(name) ?? '–', after: after.get(name) ?? '–' })).filter((line) => line.before !== line.after)
}

/** Values under their names in words: `Types contact read` → `team`. */
function flattened(value: unknown, path: string[] = []): Map<string, string> {
  if (!isObject(value)) return new Map([[inWords(path.join('-')), textOf(value)]])
  return new Map(Object.entries(value).filter(([key, each]) => !/Ids?$/.test(key) && each !== undefined).flatMap(([key, each]) => [...flattened(each, [...path, key])]))
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string' && isTime.test(value)) return shortTime(value)
  return Array.isArray(value) ? value.map(textOf).join(', ') : isObject(value) ? JSON.stringify(value) : String(value)
}

const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
