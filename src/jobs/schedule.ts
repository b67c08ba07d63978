/** Cron schedules: checked, in words, and their next times. Pure. */
import { Cron } from 'croner'
import cronstrue from 'cronstrue'

/** Null when the five fields are right, else a sentence for a person. */
export function faultOfSchedule(schedule: string): string | null {
  try {
    if (schedule.trim().split(/\s+/).length !== 5) return 'A schedule has five fields: minute, hour, day of month, month, day of week.'
    return new Cron(schedule, { paused: true }).nextRun() ? null : 'This schedule never comes.'
  } catch (error) {
    return `This is not a schedule: ${(error as Error).message}`
  }
}

export const scheduleInWords = (schedule: string): string => cronstrue.toString(schedule, { use24HourTimeFormat: true, throwExceptionOnParseError: false })

/** What a schedule would mean, while it is written. */
export function previewOf(schedule: string, from: Date, timeZone: string): { fault: string | null; scheduleInWords: string; nextRuns: string[] } {
  const fault = faultOfSchedule(schedule)
  if (fault) return { fault, scheduleInWords: '', nextRuns: [] }
  return { fault, scheduleInWords: scheduleInWords(schedule), nextRuns: nextRuns(schedule, from, timeZone).map((run) => run.toISOString()) }
}

/** The next `count` times after `from`, in the instance's time zone. */
export const nextRuns = (schedule: string, from: Date, timeZone: string, count = 5): Date[] =>
  new Cron(schedule, { timezone: timeZone, paused: true }).nextRuns(count, from)

/** Whether less than an hour lies between two times, whatever the time zone does. */
export function moreThanHourly(schedule: string): boolean {
  const times = nextRuns(schedule, new Date(0), 'UTC', 100)
  return times.some((time, index) => index > 0 && time.getTime() - times[index - 1]!.getTime() < 3_600_000)
}

/** The last time that fell due after `since` and not later than `now`; null where none did. */
export function lastDue(schedule: string, since: Date, now: Date, timeZone: string): Date | null {
  // The last one before a moment later: `now` itself is due.
  const [last] = new Cron(schedule, { timezone: timeZone, paused: true }).previousRuns(1, new Date(now.getTime() + 1_000))
  return last && last > since && last <= now ? last : null
}

/** Whether a run fell due after `since` and not later than `now`. */
export function isDue(schedule: string, since: Date, now: Date, timeZone: string): boolean {
  const next = new Cron(schedule, { timezone: timeZone, paused: true }).nextRun(since)
  return next !== null && next <= now
}
