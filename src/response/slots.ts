/** At most so many pieces of work at the same time; the others wait in the order in which they came. */
export function oneOfMany(slots: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let free = slots
  const waiting: (() => void)[] = []
  const leave = () => {
    const next = waiting.shift()
    // The slot goes from hand to hand: nobody who comes now can slip in between.
    if (next) next()
    else free++
  }
  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
