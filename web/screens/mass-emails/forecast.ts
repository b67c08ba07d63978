/** When the last one of so many goes out, and how that is said to a person. Pure: time is an argument. */

/** Sending window, as in Administration > Outbound Emails: weekdays 1 (Monday) to 7 and hours, in a time zone. */
export type SendingWindow = { timeZone: string; days: number[]; from: string; to: string }
export type Pace = { maxPerHour: number | null; window?: SendingWindow | null }

const hour = 3_600_000
/** Longer forecasts than this many hours are of no use to anybody. */
const farthestHours = 24 * 365

/**
 * When about the last of `count` goes out: a full portion each hour while the window is open. Without a limit or within one
 * portion it is the (first open) start itself. `null` when that is more than a year away.
 */
export function lastOneAt(count: number, start: Date, { maxPerHour, window }: Pace): Date | null {
  const open = window ? opening(window) : () => true
  let at = start.getTime()
  let left = count
  for (let hours = 0; hours < farthestHours; hours++, at += hour) {
    if (!open(new Date(at))) continue
    if (maxPerHour === null || left <= maxPerHour) {
      // The rest of a portion: a part of an hour after the portions before it; what fits into the first one goes at once.
      return new Date(left === count || maxPerHour === null ? at : at + (left / maxPerHour) * hour)
    }
    left -= maxPerHour
  }
  return null
}

/** Answers whether the window is open at a moment. */
export function opening({ timeZone, days, from, to }: SendingWindow): (at: Date) => boolean {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts['weekday'] ?? '') + 1
    const time = `${parts['hour']}:${parts['minute']}`
    return days.includes(day) && time >= from && time < to
  }
}

export type Schedule = { included: number; templateName: string; fromAddress: string; start: Date; now: Date; pace: Pace | undefined }

/** The parts of the sentence a person agrees to; the screen sets the template's name in italics. Without a pace (only administrators read it) it says nothing of speed. */
export function scheduleSentence({ included, templateName, fromAddress, start, now, pace }: Schedule) {
  const begins = start > now ? start : now
  const when = start > now ? `starting ${dayAndTime(start, now)}` : 'starting at once'
  return {
    who: included === 1 ? '1 person' : `${included.toLocaleString()} people`,
    what: templateName,
    rest: `${fromAddress ? `from ${fromAddress}, ` : ''}${when}${pace ? speedAndEnd(included, begins, now, pace) : ''}.`,
  }
}

function speedAndEnd(included: number, begins: Date, now: Date, pace: Pace): string {
  const last = lastOneAt(included, begins, pace)
  const speed = pace.maxPerHour === null ? 'as fast as the server takes them' : `at most ${pace.maxPerHour.toLocaleString()} an hour`
  const end = last === null
    ? ': the last one in more than a year'
    : last.getTime() > begins.getTime() ? `: the last one about ${dayAndTime(rounded(last), now)}` : ''
  return `, ${speed}${end}`
}

/** To the hour when it is hours away: nobody believes a forecast to the minute. */
const rounded = (at: Date) => new Date(Math.round(at.getTime() / hour) * hour)

/** `Monday 9:00` within a week, else with the date; today and tomorrow by name. */
export function dayAndTime(at: Date, now: Date, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {}
  const time = at.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit', ...zone })
  const days = daysBetween(now, at, timeZone)
  if (days === 0) return `today ${time}`
  if (days === 1) return `tomorrow ${time}`
  if (days > 1 && days < 7) return `${at.toLocaleDateString(undefined, { weekday: 'long', ...zone })} ${time}`
  return `${at.toLocaleDateString(undefined, { dateStyle: 'medium', ...zone })} ${time}`
}

function daysBetween(from: Date, to: Date, timeZone?: string): number {
  const day = (at: Date) => Date.parse(new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...(timeZone && { timeZone }) }).format(at))
  return Math.round((day(to) - day(from)) / (24 * hour))
}
