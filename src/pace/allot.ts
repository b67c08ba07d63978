/** Who gets how much of what there is: several wants share the room of their owners fairly. Pure. */
import type { Scope } from './scopes.ts'

/** `share` tells how much of what is scarce it should get beside the others. */
export type Want = { owners: readonly string[]; count: number; share: number }

/** `room` is what each scope has left. Everybody gets a share first; what one does not need goes to the others. */
export function allot(wants: readonly Want[], scopes: readonly Scope[], room: ReadonlyMap<string, number>): number[] {
  const left = new Map(scopes.filter(({ max }) => max !== null).map(({ key }) => [key, Math.max(0, room.get(key) ?? 0)]))
  const keysOf = wants.map(({ owners }) => scopes.filter(({ owner, key }) => owners.includes(owner) && left.has(key)).map(({ key }) => key))
  const given = wants.map(() => 0)
  const most = (index: number) => Math.min(wants[index]!.count - given[index]!, ...keysOf[index]!.map((key) => left.get(key)!))
  for (let open = openOnes(); open.length > 0; open = openOnes()) {
    const before = new Map(left)
    for (const index of open) {
      const fair = Math.min(Infinity, ...keysOf[index]!.map((key) => (before.get(key)! * wants[index]!.share) / sharesOf(open, key)))
      const count = Math.min(most(index), Math.max(1, Math.floor(fair)))
      given[index]! += count
      for (const key of keysOf[index]!) left.set(key, left.get(key)! - count)
    }
  }
  return given

  function openOnes(): number[] {
    return wants.map((_, index) => index).filter((index) => most(index) > 0)
  }

  function sharesOf(open: readonly number[], key: string): number {
    return open.filter((index) => keysOf[index]!.includes(key)).reduce((sum, index) => sum + wants[index]!.share, 0)
  }
}
