/** A measured figure as one JSON line: what came out, what the limit beside it gave in the same run, and how both were got. */

export type Figure = {
  name: string
  value: number
  unit: string
  /** The best that anything reaches on this machine, in the same unit; with `ratio` = value / limit. */
  limit?: number
  method: string
}

export function report({ name, value, unit, limit, method }: Figure): void {
  const round = (number: number) => Number(number.toPrecision(3))
  console.log(JSON.stringify({ name, value: round(value), unit, ...(limit !== undefined && { limit: round(limit), ratio: round(value / limit) }), method }))
}

/** Runs `work` and answers how many of `count` it did in a second. */
export async function rateOf(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return count / ((performance.now() - start) / 1000)
}
