/** The kept connections of one account: at most `connections` at once, reused up to a number of messages, with back-pressure. Judges nothing. */
import { type Outcome, without } from './outcome.ts'
import { openSession, quit, type Session, type SmtpTarget } from './session.ts'
import type { Envelope } from './envelope.ts'
import { type BeforeFinalDot, carry } from './transaction.ts'

/** A message to be carried, and whom to tell what became of it. */
export type Job = { envelope: Envelope; beforeFinalDot: BeforeFinalDot; done(outcome: Outcome): void }

export type PoolOptions = { connections: number; /** null: as many as the server takes. */ messagesPerConnection: number | null; idleMs?: number }

type Turn = Session | 'open' | Outcome
type Waiter = (turn: Turn) => void

// Postfix hangs up on us after 100 s (smtpd_timeout under stress: 10 s); being first saves a failed MAIL.
const standardIdleMs = 8_000

// After a refused connection: one more is tried after so many messages.
const regainAfter = 500

export class SmtpPool {
  readonly #target: SmtpTarget
  readonly #options: PoolOptions
  #idle: { session: Session; timer: NodeJS.Timeout }[] = []
  #waiters: Waiter[] = []
  /** Connections that exist or are being made. */
  #live = 0
  readonly #busy = new Set<Session>()
  /** Gives up connections that are being made. */
  readonly #opening = new Set<() => void>()
  /** How many the server lets us have: learned from a refusal while others work, tried again one by one. */
  #allowed: number
  #carriedSinceRefusal = 0
  #closed = false

  constructor(target: SmtpTarget, options: PoolOptions) {
    this.#target = target
    this.#options = options
    this.#allowed = options.connections
  }

  /** Waits for a free connection and carries one message over it. */
  carry(envelope: Envelope, beforeFinalDot: BeforeFinalDot): Promise<Outcome> {
    return new Promise((done) => void this.carryOn({ envelope, beforeFinalDot, done }, () => null))
  }

  /** Carries a message, and then whatever `next` gives, one after the other over one connection at a time, until it gives nothing. */
  async carryOn(first: Job, next: () => Job | null): Promise<void> {
    for (let job: Job | null = first; job !== null;) {
      const session = await this.#acquire()
      if ('kind' in session) return job.done(session)
      const left = await this.#carryOver(session, job, next)
      this.#release(session)
      job = left ?? next()
    }
  }

  /** Over this one connection, for as long as nobody else waits for one. Answers the job that needs another connection. */
  async #carryOver(session: Session, first: Job, next: () => Job | null): Promise<Job | null> {
    let job = first
    for (;;) {
      let following: Job | null = null
      const wasUsed = session.carried > 0
      this.#busy.add(session)
      const outcome = await carry(session, job.envelope, job.beforeFinalDot, () => {
        following = this.#mayGoOn(session) ? next() : null
        return following && (following as Job).envelope
      }).catch((error: Error) => unforeseen(session, error))
      this.#busy.delete(session)
      // A kept connection may end at any time for reasons of its own; only a fresh one says something about the account.
      if (wasUsed && hungUp(outcome)) return job
      job.done(outcome)
      if (following === null || !session.wire.isOpen) return following
      job = following
    }
  }

  #mayGoOn({ carried }: Session): boolean {
    const { messagesPerConnection } = this.#options
    return !this.#closed && this.#waiters.length === 0 && (messagesPerConnection === null || carried < messagesPerConnection)
  }

  async close() {
    this.#closed = true
    for (const waiter of this.#waiters.splice(0)) waiter(closedOutcome)
    await Promise.all(this.#idle.splice(0).map(({ session, timer }) => {
      clearTimeout(timer)
      return quit(session)
    }))
  }

  /** Hangs up in the middle of whatever is being said: those after the dot become uncertain, and nobody waits for a greeting. */
  abort() {
    this.#closed = true
    for (const giveUp of this.#opening) giveUp()
    for (const { wire } of this.#busy) wire.close()
  }

  async #acquire(): Promise<Session | Outcome> {
    for (;;) {
      if (this.#closed) return closedOutcome
      const turn = this.#takeIdle() ?? this.#mayOpen() ?? await new Promise<Turn>((resolve) => this.#waiters.push(resolve))
      if (turn !== 'open') return turn
      const session = await this.#open()
      if (session !== 'later') return session
    }
  }

  #mayOpen(): 'open' | null {
    if (this.#live >= this.#allowed) return null
    this.#live++
    return 'open'
  }

  async #open(): Promise<Session | Outcome | 'later'> {
    const session = await this.#opened()
    if (!('kind' in session)) return session
    this.#live--
    if (this.#live > 0) {
      // Others are connected: the server wants no more of us, or one attempt went astray. Their next free moment is ours.
      this.#allowed = this.#live
      this.#carriedSinceRefusal = 0
      return 'later'
    }
    this.#allowed = this.#options.connections
    for (const waiter of this.#waiters.splice(0)) waiter(session)
    return session
  }

  /** A server may take minutes to greet; whoever gives up earlier closes what comes of it. */
  #opened(): Promise<Session | Outcome> {
    return new Promise((resolve, reject) => {
      const giveUp = () => resolve(closedOutcome)
      this.#opening.add(giveUp)
      openSession(this.#target).finally(() => this.#opening.delete(giveUp)).then((session) => {
        if (this.#closed && !('kind' in session)) session.wire.close()
        resolve(session)
      }, reject)
    })
  }

  #takeIdle(): Session | null {
    for (let kept = this.#idle.pop(); kept; kept = this.#idle.pop()) {
      clearTimeout(kept.timer)
      if (kept.session.wire.isOpen) return kept.session
      this.#gone()
    }
    return null
  }

  #release(session: Session) {
    const { messagesPerConnection, idleMs = standardIdleMs } = this.#options
    this.#regain()
    if (!session.wire.isOpen) return this.#gone()
    if (this.#closed || (messagesPerConnection !== null && session.carried >= messagesPerConnection)) {
      void quit(session)
      return this.#gone()
    }
    const waiter = this.#waiters.shift()
    if (waiter) return waiter(session)
    const timer = setTimeout(() => this.#retire(session), idleMs)
    this.#idle.push({ session, timer })
  }

  #retire(session: Session) {
    this.#idle = this.#idle.filter((kept) => kept.session !== session)
    void quit(session)
    this.#gone()
  }

  #gone() {
    this.#live--
    if (this.#live === 0) this.#allowed = this.#options.connections
    if (this.#waiters.length > 0 && this.#mayOpen()) this.#waiters.shift()!('open')
  }

  #regain() {
    if (this.#allowed < this.#options.connections && ++this.#carriedSinceRefusal >= regainAfter) {
      this.#allowed++
      this.#carriedSinceRefusal = 0
    }
  }
}

/** Nobody's fault: the account must not be called broken for it. */
const closedOutcome = without('withheld', 'connect', 'The connections of this account are being closed.')

/** A bug while the message may have been on the wire: the ledger must not claim to know. */
function unforeseen({ wire }: Session, error: Error): Outcome {
  wire.close()
  return without('uncertain', 'dot', error.message)
}

/** Lost or dismissed before anything of the message was said to be accepted. Later than that it may be the message's own doing. */
const hungUp = ({ kind, stage, code }: Outcome) => kind === 'accountFailure' && stage === 'mail' && (code === null || code === 421)
