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

type Forecast = { waiting: number; perHour: number | null; finishesAt: string | null; limitedBy: string | null }

const causes: Record<string, string> = {
  portion: 'The portion of each hour holds it back most', account: 'The limit of its account holds it back most',
  warmUp: 'The warm-up of its account holds it back most', window: 'It waits most for the sending window', speed: 'Only the speed of the server holds it back',
}
const soonMilliseconds = 2 * 60_000

/** `Finishes tomorrow 14:20, at 1,000 an hour.` and what it waits for most. */
export function finishWords({ waiting, perHour, finishesAt, limitedBy }: Forecast, now: Date): string {
  if (waiting === 0) return 'Everything is out.'
  if (finishesAt === null) return 'When it finishes cannot be said: nothing that waits may go out as things are.'
  const at = new Date(finishesAt)
  if (at.getTime() - now.getTime() < soonMilliseconds) return 'Finishes within minutes.'
  const pace = perHour === null ? '' : `, at ${perHour.toLocaleString()} an hour`
  const cause = limitedBy === null ? undefined : causes[limitedBy]
  return `Finishes ${dayAndTime(at, now)}${pace}.${cause ? ` ${cause}.` : ''}`
}
