/** Campaigns side by side: which number is the best of a row, and the same as charts. Pure. */
import type { Chart } from '../../../src/charts/chart.ts'
import type { compareCampaigns } from '../../../src/log/contract.ts'
import type { Result } from '../../api/client.ts'
import { partsOf, type Rate } from './trend.ts'

export type Compared = Result<typeof compareCampaigns>['items'][number]

export const mostCompared = 10

/** `best`: which end of the row is what one wants. */
export const comparedRates: { rate: Rate; label: string; best: 'most' | 'least' }[] = [
  { rate: 'delivered', label: 'Delivered', best: 'most' }, { rate: 'opened', label: 'Opened', best: 'most' }, { rate: 'clicked', label: 'Clicked', best: 'most' },
  { rate: 'replied', label: 'Replied', best: 'most' }, { rate: 'optedOut', label: 'Opted out', best: 'least' }, { rate: 'bounced', label: 'Bounced', best: 'least' },
  { rate: 'complained', label: 'Complained', best: 'least' },
]

export function rateOf({ figures }: Compared, rate: Rate): number | null {
  const [part, whole] = partsOf(figures, rate)
  return whole > 0 ? part / whole : null
}

/** As it is shown: differences that nobody can see make nothing better. Rates below a hundredth have one digit more. */
export const rateInWords = (rate: number) => rate.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: rate < 0.01 ? 2 : 1 })
const asShown = (rate: number) => Number(rate.toFixed(rate < 0.01 ? 4 : 3))

/** The ids of those that are best in a rate; none where all are alike, or only one has it. */
export function bestOf(campaigns: readonly Compared[], { rate, best }: (typeof comparedRates)[number]): Set<string> {
  const rates = campaigns.flatMap((campaign) => { const value = rateOf(campaign, rate); return value === null ? [] : [{ id: campaign.id, value: asShown(value) }] })
  const values = rates.map(({ value }) => value)
  if (new Set(values).size < 2) return new Set()
  const wanted = best === 'most' ? Math.max(...values) : Math.min(...values)
  return new Set(rates.filter(({ value }) => value === wanted).map(({ id }) => id))
}

/** Rates of a few hundredths would not be seen beside those of what was delivered: they have a chart of their own. */
export const ratesChart = (campaigns: readonly Compared[], rates: readonly Rate[], title: string): Chart => ({
  type: 'groupedBar', title,
  categories: comparedRates.filter(({ rate }) => rates.includes(rate)).map(({ label }) => label),
  series: campaigns.map((campaign) => ({
    key: campaign.id, label: campaign.name,
    values: comparedRates.filter(({ rate }) => rates.includes(rate)).map(({ rate }) => { const value = rateOf(campaign, rate); return value === null ? null : inHundredths(value) }),
  })),
})

/** Steps of the time since the first mail: close at first, when most happens. */
const steps = [1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72, 96, 120, 168, 240, 336, 504, 720]

/** How many of those who got it had done it by then, of each campaign from its own start. A campaign ends where its last event was told. */
export function sinceStartChart(campaigns: readonly Compared[], metric: 'opened' | 'clicked' | 'optedOut', title: string, now: Date): Chart {
  const last = Math.max(0, ...campaigns.flatMap(({ hours }) => hours.map(({ hour }) => hour)))
  const shown = steps.filter((step, index) => step <= last + 1 || (steps[index - 1] ?? 0) <= last)
  return {
    type: 'line', title, categories: shown.map(hoursInWords),
    series: campaigns.map(({ id, name, figures, hours, startedAt }) => ({
      key: id, label: name,
      values: shown.map((step) => {
        const isYetToCome = startedAt === null || Date.parse(startedAt) + step * 3_600_000 > now.getTime() + 3_600_000
        if (isYetToCome || figures.delivered === 0) return null
        return inHundredths(hours.filter(({ hour }) => hour < step).reduce((sum, { counts }) => sum + (counts[metric] ?? 0), 0) / figures.delivered)
      }),
    })),
  }
}

const hoursInWords = (hours: number) => (hours < 24 ? `${hours} h` : hours % 24 === 0 ? `${hours / 24} d` : `${hours} h`)
const inHundredths = (share: number) => Math.round(share * 10_000) / 100
