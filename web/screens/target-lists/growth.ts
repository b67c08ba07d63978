/** Days of a list's growth as whole weeks, the last one ends today. Pure. */
import type { Growth } from '../../../src/audience/contract.ts'

type Week = { first: string; last: string; added: number; members: number }

/** Who joined in each week, and the members at its end. */
export function weeksOf(days: Growth['days']): Week[] {
  const left = days.length % 7
  return Array.from({ length: Math.floor(days.length / 7) }, (_, week) => days.slice(left + week * 7, left + week * 7 + 7))
    .map((week) => ({ first: week[0]!.day, last: week.at(-1)!.day, added: week.reduce((sum, { added }) => sum + added, 0), members: week.at(-1)!.members }))
}

export const dayWords = (day: string) => new Date(`${day}T12:00`).toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
