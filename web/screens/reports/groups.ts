/** Values of groups: what they are called, and their numbers. */
import { type DateUnit, dateWords } from '../../../src/charts/date-groups.ts'

export type GroupValue = string | number | boolean | null

/** Dates in the reader's own way, nothing as such. */
export const groupLabel = (value: GroupValue, unit: DateUnit | null, label: string | undefined): string =>
  (value === null ? '(empty)' : unit && typeof value === 'string' ? dateWords(value, unit) : label || '(empty)')

/** Sums of decimals come as text. */
export function numberOf(value: number | string | null | undefined): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}
