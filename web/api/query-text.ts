/** The query part of an address: objects travel as JSON, arrays with commas, what is empty not at all. */
export type Query = Record<string, unknown>

/** `{filter: {…}, q: ''}` → `?filter=%7B…` */
export function queryText(query: Query = {}): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const search = new URLSearchParams(entries.map(([name, value]) => [name, textOf(value)]))
  return search.size > 0 ? `?${search}` : ''
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
