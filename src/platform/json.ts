/** Values as JSON that PostgreSQL takes: its jsonb knows neither NUL nor half of a surrogate pair, and strangers send both. */

/** JSON.stringify writes exactly these two as escapes, but an escaped backslash may look like one: then a closer look costs nothing but time. */
const untakeable = /\\u(?:0000|d[89a-f])/

/** Half characters become U+FFFD, as in text that travels as UTF-8; NUL is left out. */
export function jsonFor(value: unknown): string {
  const text = JSON.stringify(value)
  return untakeable.test(text) ? JSON.stringify(value, (_, part) => (typeof part === 'string' ? takeable(part) : part)) : text
}

const takeable = (text: string): string => Buffer.from(text.replaceAll('\0', '')).toString()
