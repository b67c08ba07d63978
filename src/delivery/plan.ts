/** How a turn of a sender is divided: which mass emails get how much of the room of their accounts. Pure. */
import { allot, type Want } from '../pace/allot.ts'
import { accountOwner, instance, type Scope } from '../pace/scopes.ts'
import type { Work } from './work.ts'

/** What one account could carry now. `usable`: it works, and its allowance is not known to be used up. */
export type Way = { id: string; weight: number; room: number; usable: boolean }

/** One mass email by one of its accounts: where something is due, and how much of it is wanted. */
export type Plan = Want & { massEmailId: string; accountId: string; fresh: boolean; items: Work[] }

/** Beside fresh mail, what waits for another try gets so much of what is scarce: it is never ahead, and never starves. */
const shareOfRetries = 0.1
const retriesFirstEvery = 10

/** `turn` counts up: who comes first changes, so that what cannot be divided goes round. */
export function planTurn(work: readonly Work[], ways: ReadonlyMap<string, Way>, tallies: Tallies, turn: number, batchSize: number): Plan[] {
  const plans = byMassEmail(work).flatMap((items) => plansFor(items, ways, tallies, batchSize))
  const rotated = [...plans.slice(turn % Math.max(1, plans.length)), ...plans.slice(0, turn % Math.max(1, plans.length))]
  const fresh = rotated.filter((plan) => plan.fresh)
  const retries = rotated.filter((plan) => !plan.fresh)
  const ordered = turn % retriesFirstEvery === retriesFirstEvery - 1 ? [...retries, ...fresh] : [...fresh, ...retries]
  const counts = allot(ordered, [...ways.values()].map(roomAsScope), new Map([...ways.values()].map(({ id, room }) => [roomKey(id), room])))
  return ordered.map((plan, index) => ({ ...plan, count: counts[index]! })).filter(({ count }) => count > 0)
}

function byMassEmail(work: readonly Work[]): Work[][] {
  const groups = new Map<string, Work[]>()
  for (const item of work) groups.set(item.massEmailId, [...(groups.get(item.massEmailId) ?? []), item])
  return [...groups.values()]
}

function plansFor(items: Work[], ways: ReadonlyMap<string, Way>, tallies: Tallies, batchSize: number): Plan[] {
  const { massEmailId, accountIds, fresh } = items[0]!
  const known = accountIds.flatMap((id) => ways.get(id) ?? [])
  const usable = known.filter((way) => way.usable)
  // An account alone is asked in any case: its allowance may be back.
  const sharing = usable.length > 0 ? usable : known
  const parts = sharing.length > 1 ? tallies.parts(massEmailId, sharing) : sharing.map(({ room }) => room)
  const weights = sharing.reduce((sum, { weight }) => sum + weight, 0)
  return sharing.map(({ id, weight }, index) => ({
    massEmailId, accountId: id, fresh, items, owners: [instance, accountOwner(id)],
    count: Math.min(parts[index]!, items.length * batchSize), share: (weight / weights) * (fresh ? 1 : shareOfRetries),
  }))
}

const roomKey = (accountId: string): string => `room of ${accountId}`
const roomAsScope = ({ id, room }: Way): Scope => ({ key: roomKey(id), owner: accountOwner(id), windowMs: 0, bucketMs: 0, max: room })

/** How much each account took of the mass emails that several share: what one is behind, it gets first. */
export class Tallies {
  #tallies = new Map<string, { accounts: string; taken: Map<string, number> }>()

  /** What each may take now, so that all are at their weights afterwards. While the same ones work, the slowest sets the pace. */
  parts(massEmailId: string, ways: readonly Way[]): number[] {
    const taken = this.#of(massEmailId, ways)
    const level = Math.min(...ways.map(({ id, weight, room }) => ((taken.get(id) ?? 0) + room) / weight))
    return ways.map(({ id, weight }) => Math.max(0, Math.floor(level * weight) - (taken.get(id) ?? 0)))
  }

  took(massEmailId: string, accountId: string, count: number): void {
    const taken = this.#tallies.get(massEmailId)?.taken
    taken?.set(accountId, (taken.get(accountId) ?? 0) + count)
  }

  /** Whoever comes back has nothing to catch up on. */
  #of(massEmailId: string, ways: readonly Way[]): Map<string, number> {
    const accounts = ways.map(({ id, weight }) => `${id} ${weight}`).join()
    let tally = this.#tallies.get(massEmailId)
    if (tally?.accounts !== accounts) this.#tallies.set(massEmailId, tally = { accounts, taken: new Map() })
    return tally.taken
  }
}
