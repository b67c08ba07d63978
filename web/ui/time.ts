/** Times as people say them, in the reader's locale and time zone. */
const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60],
]

export function relativeTime(at: string | Date, now: Date): string {
  const seconds = Math.round((new Date(at).getTime() - now.getTime()) / 1000)
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  if (unit === 'second') return Math.abs(seconds) < 10 ? 'just now' : seconds < 0 ? 'less than a minute ago' : 'in less than a minute'
  return new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit)
}

export const exactTime = (at: string | Date) => new Date(at).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'medium' })
export const shortTime = (at: string | Date) => new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** Seconds as `4 minutes`, `2 hours`, `3 days`: for what is left to do. */
export function duration(seconds: number): string {
  const [unit, size] = units.find(([, size]) => seconds >= size * 1.5) ?? units.find(([, size]) => seconds >= size) ?? ['second', 1]
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.max(1, Math.round(seconds / size)))
}
