/** How fast it goes, judged from what was seen: samples of (when, how many were settled). Pure. */
export type Sample = { at: number; settled: number }

const windowMilliseconds = 90_000

/** Adds a sample and forgets those too old to say anything about now. A count that went down starts over. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1)
  if (last && sample.settled < last.settled) return [sample]
  return [...samples.filter(({ at }) => sample.at - at <= windowMilliseconds), sample]
}

/** Settled per minute over the samples; `null` until two of them are at least two seconds apart. */
export function ratePerMinute(samples: readonly Sample[]): number | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.at - first.at < 2_000) return null
  return ((last.settled - first.settled) / (last.at - first.at)) * 60_000
}

/** Seconds until the rest is out at this rate; `null` when nothing moves. */
export const secondsLeft = (left: number, perMinute: number | null): number | null =>
  perMinute !== null && perMinute > 0 ? (left / perMinute) * 60 : null
