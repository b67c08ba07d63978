/** Days, ISO weeks, months, quarters and years: which one a day is in. Pure: days are texts. */
import { addDays, type Day, monthOf } from '../listing/days.ts'
import type { dateUnits } from './contract.ts'

export type Unit = (typeof dateUnits)[number]

/** The first and the last day of the unit that a day is in. */
export function unitOf(day: Day, unit: Unit): { from: Day; to: Day } {
  const from = firstOf(day, unit)
  if (unit === 'day') return { from, to: from }
  if (unit === 'week') return { from, to: lastBefore(addDays(from, 7)) }
  const months = { month: 1, quarter: 3, year: 12 }[unit]
  return { from, to: lastOfMonth(monthOf(from, months - 1).from) }
}

const lastBefore = (day: Day) => (day === 'infinity' ? '9999-12-31' : addDays(day, -1))

function lastOfMonth(first: Day): Day {
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))]
  const last = new Date(0)
  last.setUTCFullYear(year, month, 0)
  return last.toISOString().slice(0, 10)
}

function firstOf(day: Day, unit: Unit): Day {
  if (unit === 'day') return day
  if (unit === 'week') return addDays(day, -((weekdayOf(day) + 6) % 7))
  if (unit === 'month') return `${day.slice(0, 7)}-01`
  const month = unit === 'year' ? 1 : Number(day.slice(5, 7)) - ((Number(day.slice(5, 7)) - 1) % 3)
  return `${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`
}

const weekdayOf = (day: Day) => new Date(`${day}T00:00:00Z`).getUTCDay()
