/** Warm-up of an account: how many it may send on each day while receivers get to know it. Pure: who holds the limit is delivery's business. */

/** `growthPercent` from each day to the next; 0 keeps the first day's figure for good. */
export type WarmUp = { startPerDay: number; growthPercent: number; startedAt: string }

const dayMs = 24 * 3_600_000

/** Full days since the start: 0 on the first one, and before it. */
export const warmUpDay = ({ startedAt }: Pick<WarmUp, 'startedAt'>, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - new Date(startedAt).getTime()) / dayMs))

/** What may leave on the given day. Growth soon passes every number; then nothing is held back any more. */
export function warmUpLimit({ startPerDay, growthPercent }: Pick<WarmUp, 'startPerDay' | 'growthPercent'>, day: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.floor(startPerDay * (1 + growthPercent / 100) ** day))
}

/** What may leave within the 24 hours before `now`; null without a plan: no limit of a day. */
export const warmUpLimitAt = (plan: WarmUp | null, now: Date): number | null => (plan ? warmUpLimit(plan, warmUpDay(plan, now)) : null)

/** The first days of a plan, to be drawn. `day` counts from 1, as people do. */
export const warmUpCurve = (plan: Pick<WarmUp, 'startPerDay' | 'growthPercent'>, days: number): { day: number; perDay: number }[] =>
  Array.from({ length: days }, (_, index) => ({ day: index + 1, perDay: warmUpLimit(plan, index) }))
