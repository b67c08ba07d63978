/** What a PATCH needs to carry: the top-level fields whose value differs from what is saved. */
export function changesIn<Values extends Record<string, unknown>>(values: Values, saved: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(saved[name]))) as Partial<Values>
}

/** An emptied number input means "no limit". */
export const numberOrNull = (value: number | string | null): number | null => (value === '' || value === null ? null : Number(value))
