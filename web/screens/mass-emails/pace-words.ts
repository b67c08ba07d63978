/** How fast a mass email goes, in words: the rate while it moves, the next portion while it waits for one, and when it will be done. Pure. */
import { duration } from '../../ui/time.ts'
import { dayAndTime } from './forecast.ts'

type Progress = { perMinute: number; secondsLeft: number | null; opened: boolean; portion: { nextAt: string | null } }

/** Nothing to say while it stands still for another reason: that is told apart. */
export function paceWords({ perMinute, secondsLeft, portion, opened }: Progress, now: Date): string | undefined {
  if (portion.nextAt && !opened) return `next portion ${dayAndTime(new Date(portion.nextAt), now)}`
  if (perMinute === 0) return undefined
  return `${Math.round(perMinute).toLocaleString()} a minute${secondsLeft === null ? '' : ` · about ${duration(secondsLeft)} left`}`
}

type Forecast = { waiting: number; perHour: number | null; finishesAt: string | null }

/** `finishes tomorrow 14:20`. Nobody believes a forecast to the second, so what is minutes away is "within minutes". */
export function finishWords({ waiting, perHour, finishesAt }: Forecast, now: Date): string {
  if (waiting === 0) return 'Everything is out.'
  const pace = perHour === null ? '' : `, at ${perHour.toLocaleString()} an hour`
  if (finishesAt === null) return 'When it finishes cannot be said: nothing that waits may go out as things are.'
  const at = new Date(finishesAt)
  const soon = at.getTime() - now.getTime() < 2 * 60_000
  return soon ? 'Finishes within minutes.' : `Finishes ${dayAndTime(at, now)}${pace}.`
}
