/** An outbound account's limits and warm-up in words. Pure. */
import { type OutboundAccount, warmUpCurve, warmUpDay, warmUpLimit } from '../../../src/outbound/contract.ts'

export const kindWords: Record<OutboundAccount['kind'], string> = { system: 'System account', group: 'Group email account', sandbox: 'Built-in Sandbox' }

export const aboutWords: Record<OutboundAccount['kind'], string> = {
  system: 'The way out of this installation.', group: 'The way out of a group email account.', sandbox: 'Captures every mail; nothing leaves.',
}

/** `500 an hour · 5 a second`; what is not set is left to the settings of Outbound Emails. */
export function limitWords({ maxPerHour, maxPerSecond, connections }: Pick<OutboundAccount, 'maxPerHour' | 'maxPerSecond' | 'connections'>): string {
  const parts = [
    maxPerHour !== null && `${maxPerHour.toLocaleString()} an hour`, maxPerSecond !== null && `${maxPerSecond.toLocaleString()} a second`,
    connections !== null && `${connections} ${connections === 1 ? 'connection' : 'connections'}`,
  ].filter(Boolean)
  return parts.join(' · ') || 'As in Outbound Emails'
}

export type Plan = NonNullable<OutboundAccount['warmUp']>

/** `Day 3: at most 225`. */
export function warmUpWords(plan: Plan | null, now: Date): string {
  if (!plan) return 'None'
  const day = warmUpDay(plan, now)
  return `Day ${(day + 1).toLocaleString()}: at most ${warmUpLimit(plan, day).toLocaleString()}`
}

/** The days to draw: a month, or until well past today, but none in which the limit of an hour holds back more than the plan does. */
export function drawnDays(plan: Plan, maxPerHour: number | null, now: Date): { day: number; perDay: number }[] {
  const days = warmUpCurve(plan, Math.max(30, Math.min(365, warmUpDay(plan, now) + 15)))
  const end = maxPerHour === null ? -1 : days.findIndex(({ perDay }) => perDay >= maxPerHour * 24)
  return end < 0 ? days : days.slice(0, Math.max(end + 1, 7))
}

/** On which day a mass email of this size goes out within one day. Null: not within a year. */
export const dayThatTakes = (plan: Pick<Plan, 'startPerDay' | 'growthPercent'>, size: number): number | null =>
  warmUpCurve(plan, 365).find(({ perDay }) => perDay >= size)?.day ?? null
