/** When a mass email starts and ends, as it is said to a person. Pure: time is an argument; the end itself is the server's forecast. */

const hour = 3_600_000

/** What the server says of its end; `perHour` null: nothing limits it. */
type Pace = { perHour: number | null; finishesAt: string | null }
export type Schedule = { included: number; templateName: string; fromAddress: string; start: Date; now: Date; pace: Pace | undefined }

/** The parts of the sentence a person agrees to; the screen sets the template's name in italics. Without a pace it says nothing of speed yet. */
export function scheduleSentence({ included, templateName, fromAddress, start, now, pace }: Schedule) {
  const begins = start > now ? start : now
  const when = start > now ? `starting ${dayAndTime(start, now)}` : 'starting at once'
  return {
    who: included === 1 ? '1 person' : `${included.toLocaleString()} people`,
    what: templateName,
    rest: `${fromAddress ? `from ${fromAddress}, ` : ''}${when}${pace && included > 0 ? speedAndEnd(pace, begins, now) : ''}.`,
  }
}

/** What is out within minutes of the start has no end worth a word. */
const soonMilliseconds = 10 * 60_000

function speedAndEnd({ perHour, finishesAt }: Pace, begins: Date, now: Date): string {
  const speed = perHour === null ? 'as fast as the server takes them' : `at most ${perHour.toLocaleString()} an hour`
  if (finishesAt === null) return `, ${speed}; when the last one leaves cannot be said`
  const last = new Date(finishesAt)
  return `, ${speed}${last.getTime() - begins.getTime() > soonMilliseconds ? `: the last one about ${dayAndTime(rounded(last, begins), now)}` : ''}`
}

/** To the hour when it is hours away, else to five minutes: nobody believes a forecast to the minute. */
function rounded(at: Date, begins: Date): Date {
  const step = at.getTime() - begins.getTime() >= 3 * hour ? hour : 5 * 60_000
  return new Date(Math.round(at.getTime() / step) * step)
}

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
