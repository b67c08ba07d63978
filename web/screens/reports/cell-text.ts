/** A number, day or text of a summary in the reader's own way. */
import { isTime } from '../../../src/listing/field-kinds.ts'

type Column = { type: string }

export function cellText(value: number | string | null | undefined, { type }: Column): string {
  if (value === null || value === undefined || value === '') return '–'
  if (isTime(type)) {
    const day = new Date(/^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? `${value}T00:00` : String(value))
    return Number.isNaN(day.getTime()) ? String(value) : day.toLocaleDateString(undefined, { dateStyle: 'medium' })
  }
  const number = Number(value)
  return Number.isFinite(number) ? number.toLocaleString(undefined, { maximumFractionDigits: 2 }) : String(value)
}
