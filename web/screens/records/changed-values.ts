/** Which fields of a form differ from what was there; an empty text and no value are the same. */
export function changedValues(values: Record<string, unknown>, initial: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => comparable(value) !== comparable(initial[name])))
}

const comparable = (value: unknown): string => JSON.stringify(value === undefined || value === '' ? null : value)
