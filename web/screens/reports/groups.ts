/** Values of groups, and what they are called. */
import { type DateUnit, dateWords } from '../../../src/charts/date-groups.ts'

export type GroupValue = string | number | boolean | null

/** Dates in the reader's own way, nothing as such. */
export const groupLabel = (value: GroupValue, unit: DateUnit | null, label: string | undefined): string =>
  (value === null ? '(empty)' : unit && typeof value === 'string' ? dateWords(value, unit) : label || '(empty)')
