/** How a campaign's rates stand beside those of the one before it. Pure. */
import type { Figures } from '../../../src/log/contract.ts'

export type Rate = 'sent' | 'delivered' | 'opened' | 'clicked' | 'optedOut' | 'bounced' | 'replied' | 'complained'
/** `words`: the difference; `good`: whether more of it is what one wants; null where it is the same or neither. */
export type Trend = { direction: 'up' | 'down' | 'same'; words: string; good: boolean | null }

export const bounced = ({ bouncedHard, bouncedSoft }: Pick<Figures, 'bouncedHard' | 'bouncedSoft'>) => bouncedHard + bouncedSoft

/** Part and whole. What arrives or not is a share of what was sent, what people do a share of what arrived. */
export function partsOf(figures: Figures, rate: Rate): [number, number] {
  if (rate === 'sent') return [figures.sent, figures.people]
  if (rate === 'bounced') return [bounced(figures), figures.sent]
  if (rate === 'delivered') return [figures.delivered, figures.sent]
  return [figures[rate], figures.delivered]
}

const wanted: Partial<Record<Rate, boolean>> = { delivered: true, opened: true, clicked: true, replied: true, optedOut: false, bounced: false, complained: false }

/** Of what was sent the number counts, of all else the rate, in points of a hundred. Null where there is nothing to compare. */
export function trendOf(now: Figures, before: Figures, rate: Rate): Trend | null {
  if (rate === 'sent') return before.sent === 0 || now.sent === 0 ? null : trend((now.sent - before.sent) / before.sent, 0.0005, percent, undefined)
  const [[part, whole], [partBefore, wholeBefore]] = [partsOf(now, rate), partsOf(before, rate)]
  return whole === 0 || wholeBefore === 0 ? null : trend(part / whole - partBefore / wholeBefore, 0.0005, points, wanted[rate])
}

function trend(difference: number, least: number, words: (size: number) => string, isWanted: boolean | undefined): Trend {
  if (Math.abs(difference) < least) return { direction: 'same', words: 'as before', good: null }
  const up = difference > 0
  return { direction: up ? 'up' : 'down', words: words(Math.abs(difference)), good: isWanted === undefined ? null : isWanted === up }
}

const percent = (share: number) => share.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 })
const points = (share: number) => `${(share * 100).toLocaleString(undefined, { maximumFractionDigits: 1 })} points`
