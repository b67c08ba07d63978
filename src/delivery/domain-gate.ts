/**
 * What a recipient domain may have now. Of the deliveries that were claimed those beyond it wait for a time of their own, without an
 * attempt: other domains' mail goes past them.
 */
import { grant } from '../pace/allowance.ts'
import { readUses } from '../pace/portion.ts'
import { type DomainLimits, domainOwner, domainScopes, stepMs } from '../pace/scopes.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { domainOf } from '../platform/email-address.ts'
import { givenBack, type Judged } from './judge.ts'
import type { Delivery } from './ledger.ts'
import type { Outlook } from './outlook.ts'

export type Passage = { through: Delivery[]; waiting: Judged[] }

/** Each time it waits it takes the next slot after the domain is free again; an hour full of slots is enough, the rest asks again then. */
const slotsMs = 3_600_000
/** How often it is asked whether an outage is over; a person's decision frees it at once. */
const heldMs = 15 * 60_000

export class DomainGate {
  readonly #db: Db
  readonly #clock: Clock
  /** By domain: how many slots were given since it was last free. */
  #slots = new Map<string, number>()

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Costs nothing for domains without a limit. */
  async pass(deliveries: readonly Delivery[], outlook: Outlook, senderId: number): Promise<Passage> {
    const { domains, heldDomains } = outlook
    if (domains.size + heldDomains.size === 0) return { through: [...deliveries], waiting: [] }
    const limited = new Map<string, Delivery[]>()
    const passage: Passage = { through: [], waiting: [] }
    for (const delivery of deliveries) {
      const domain = domainOf(delivery.emailAddress)
      if (heldDomains.has(domain)) passage.waiting.push(held(delivery, new Date(this.#clock().getTime() + heldMs)))
      else if (!domains.has(domain)) passage.through.push(delivery)
      else limited.set(domain, [...(limited.get(domain) ?? []), delivery])
    }
    if (limited.size > 0) await this.#passLimited(limited, outlook, senderId, passage)
    return passage
  }

  async #passLimited(limited: ReadonlyMap<string, Delivery[]>, { domains }: Outlook, senderId: number, passage: Passage): Promise<void> {
    const wants = [...limited].map(([domain, own]) => ({ owners: [domainOwner(domain)], count: own.length, share: 1 }))
    const scopes = [...limited.keys()].flatMap((domain) => domainScopes(domains.get(domain)!))
    const { granted } = await grant(this.#db, this.#clock, senderId, wants, scopes)
    for (const [index, [domain, own]] of [...limited].entries()) {
      const [through, waiting] = [own.slice(0, granted[index]!), own.slice(granted[index]!)]
      const owners = [...(own[0]!.owners ?? []), domainOwner(domain)]
      passage.through.push(...through.map((delivery) => ({ ...delivery, owners })))
      if (waiting.length === 0) this.#slots.delete(domain)
      else passage.waiting.push(...await this.#putOff(waiting, domains.get(domain)!))
    }
  }

  async #putOff(deliveries: readonly Delivery[], limits: DomainLimits): Promise<Judged[]> {
    const uses = await readUses(this.#db, this.#clock, domainScopes(limits))
    // What holds it back longest; with a moment for what was just granted to leave.
    const last = uses.filter(({ scope }) => scope.max !== null).reduce((a, b) => ((b.freeAt?.getTime() ?? 0) > (a.freeAt?.getTime() ?? 0) ? b : a))
    const freeMs = Math.max(last.freeAt?.getTime() ?? 0, this.#clock().getTime() + 1_000)
    const first = this.#slots.get(limits.domain) ?? 0
    this.#slots.set(limits.domain, first + deliveries.length)
    return deliveries.map((delivery, index) => limitedBy(limits, delivery, new Date(freeMs + (((first + index) * stepMs(last.scope)) % slotsMs))))
  }
}

const held = (delivery: Delivery, dueAt: Date): Judged =>
  waiting(delivery, dueAt, 'domainHeld', `${domainOf(delivery.emailAddress)} calls many of its addresses unknown: nothing goes there until somebody decides.`)

function limitedBy({ domain, perMinute, maxPerHour, maxPerSecond, connections }: DomainLimits, delivery: Delivery, dueAt: Date): Judged {
  const limits = [
    ...(perMinute === undefined ? [] : [`${perMinute} a minute, because its server asked for patience`]), ...(maxPerHour === null ? [] : [`${maxPerHour} an hour`]),
    ...(maxPerSecond === null ? [] : [`${maxPerSecond} a second`]), ...(connections === null ? [] : [`${connections} at the same time`]),
  ]
  return waiting(delivery, dueAt, 'domainLimit', `${domain} gets at most ${limits.join(', ')}.`)
}

function waiting(delivery: Delivery, dueAt: Date, reasonCode: string, reason: string): Judged {
  const back = givenBack(delivery, dueAt)
  return { ...back, settlement: { ...back.settlement, reasonCode, reason } }
}
