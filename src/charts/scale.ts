/** Round numbers for an axis, and what fits along it. Pure. */

/** The ticks of an axis that holds 0, `lowest` and `highest`, at most `most` steps, each 1, 2, 2.5 or 5 times a power of ten; with fractions when `whole` is false. */
export function ticksBetween(lowest: number, highest: number, most = 4, whole = true): number[] {
  const low = Math.min(0, lowest)
  const high = Math.max(0, highest)
  if (high - low < smallestSpan) return [0, 1]
  const step = roundUp((high - low) / most, whole)
  const first = Math.floor(low / step)
  const last = Math.max(first + 1, Math.ceil(high / step))
  return Array.from({ length: last - first + 1 }, (_, index) => withoutDust((first + index) * step))
}

/** Below this, powers of ten run out of digits. */
const smallestSpan = 1e-250

/** The next 1, 2, 2.5 or 5 times a power of ten. */
function roundUp(size: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(whole ? Math.max(1, size) : size))
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= size * (1 - 1e-9) && (!whole || Number.isInteger(step))) ?? size
}

/** 3 × 0.1 is 0.30000000000000004. */
const withoutDust = (value: number) => Number(value.toPrecision(12))

/** Which of `count` labels to show so that at most `most` fit: the first and every n-th. */
export const everyNth = (count: number, most: number) => Math.max(1, Math.ceil(count / Math.max(1, most)))
