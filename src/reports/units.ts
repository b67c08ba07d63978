/** Days, ISO weeks, months, quarters and years: which one a day is in, and what it is called. Pure: days are texts. */
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

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** `2026-03-31`, `Week 14, 2026`, `March 2026`, `Q1 2026`, `2026`. */
export function unitLabel(first: Day, unit: Unit): string {
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))]
  if (unit === 'day') return first
  if (unit === 'week') return weekLabel(first)
  if (unit === 'month') return `${months[month - 1]} ${year}`
  return unit === 'quarter' ? `Q${(month + 2) / 3} ${year}` : String(year)
}

/** ISO 8601: a week belongs to the year that its Thursday is in. */
function weekLabel(monday: Day): string {
  const thursday = addDays(monday, 3)
  const year = thursday === 'infinity' ? 9999 : Number(thursday.slice(0, 4))
  const dayOfYear = (Date.parse(`${thursday === 'infinity' ? '9999-12-31' : thursday}T00:00:00Z`) - Date.parse(`${String(year).padStart(4, '0')}-01-01T00:00:00Z`)) / 86_400_000
  return `Week ${Math.floor(dayOfYear / 7) + 1}, ${year}`
}
