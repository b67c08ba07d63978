/** Round numbers for an axis. Pure. */

/** The ticks of an axis from 0 that holds `highest`, at most `most` steps, each 1, 2 or 5 times a power of ten and never a fraction. */
export function ticksUpTo(highest: number, most = 4): number[] {
  const rough = Math.max(1, highest) / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough)
  const count = Math.max(1, Math.ceil(highest / step))
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

/** Which of `count` labels to show so that at most `most` fit: the first and every n-th. */
export const everyNth = (count: number, most: number) => Math.max(1, Math.ceil(count / Math.max(1, most)))
