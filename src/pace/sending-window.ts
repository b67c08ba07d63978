/** The sending window: weekdays and hours in a time zone, outside of which no mass mail leaves. Pure. */
import type { OutboundEmailSettings } from '../settings/settings.ts'

type Window = NonNullable<OutboundEmailSettings['window']>

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** `days` 1 to 7 from Monday. A window that ends before it begins goes over midnight and belongs to the day on which it began. */
export function isWindowOpen(window: Window | null, at: Date): boolean {
  if (window === null) return true
  const { day, time } = localTime(at, window.timeZone)
  const { days, from, to } = window
  if (from === to) return days.includes(day)
  if (from < to) return days.includes(day) && time >= from && time < to
  const yesterday = day === 1 ? 7 : day - 1
  return (days.includes(day) && time >= from) || (days.includes(yesterday) && time < to)
}

/** The first minute at or after `at` in which it is open. */
export function nextOpening(window: Window | null, at: Date): Date {
  const minute = 60_000
  // Eight days hold every weekday at least once, whatever the clocks do in between.
  for (let time = Math.ceil(at.getTime() / minute) * minute, end = time + 8 * 24 * 60 * minute; time < end; time += minute) {
    if (isWindowOpen(window, new Date(time))) return new Date(time)
  }
  return at
}

const formats = new Map<string, Intl.DateTimeFormat>()

function localTime(at: Date, timeZone: string): { day: number; time: string } {
  let format = formats.get(timeZone)
  if (!format) formats.set(timeZone, format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }))
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return { day: weekdays.indexOf(parts.get('weekday')!) + 1, time: `${parts.get('hour')}:${parts.get('minute')}` }
}
