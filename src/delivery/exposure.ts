/**
 * Messages that a server may have while the database does not know yet that it took them: after a crash just these can arrive twice,
 * so their number is held. Whoever would be one too many waits between 354 and the content.
 */

/** A server waits minutes for content; a database that is away longer than this gets the connection closed instead. */
const patienceMs = 3_000

export class Exposure {
  readonly #most: number
  readonly #patienceMs: number
  #count = 0
  #waiters: ((mayLeave: boolean) => void)[] = []

  constructor(most: number, options: { patienceMs?: number } = {}) {
    this.#most = most
    this.#patienceMs = options.patienceMs ?? patienceMs
  }

  get isFull(): boolean {
    return this.#count >= this.#most
  }

  /** True when one more may leave: it counts from then on. False when none came back for too long. */
  enter(): boolean | Promise<boolean> {
    if (this.isFull) return this.#wait()
    this.#count++
    return true
  }

  /** The database knows of one, or the server did not take it. */
  leave(): void {
    const waiter = this.#waiters.shift()
    // Its place goes to whoever waits longest.
    if (waiter) waiter(true)
    else this.#count--
  }

  #wait(): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter = (mayLeave: boolean) => {
        clearTimeout(timer)
        resolve(mayLeave)
      }
      const timer = setTimeout(() => {
        this.#waiters = this.#waiters.filter((each) => each !== waiter)
        waiter(false)
      }, this.#patienceMs)
      this.#waiters.push(waiter)
    })
  }
}
