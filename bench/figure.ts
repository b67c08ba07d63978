/** A measured figure as one JSON line: what came out, what the limit beside it gave in the same run, and how both were got. */

export type Figure = {
  name: string
  value: number
  unit: string
  /** What the value is held against, in the same unit: the best that anything reaches here, a peer, or a bound. `ratio` = value / limit. */
  limit?: number
  method: string
}

export type Report = (figure: Figure) => void

export type Line = Figure & { ratio?: number }

export function lineOf({ name, value, unit, limit, method }: Figure): Line {
  const round = (number: number) => Number(number.toPrecision(3))
  return { name, value: round(value), unit, ...(limit !== undefined && { limit: round(limit), ratio: round(value / limit) }), method }
}
