/**
 * Where deliveries are due: mass emails that may send, and their lanes in which something waits. Remembers how far claiming has come in
 * each lane, because the rows in front of that are dead weight in the index until a vacuum.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { laneCount } from '../platform/lanes.ts'
import { type Delivery } from './ledger.ts'

/**
 * `fresh`: never tried before; else those whose time has come: tried before, or held back by their domain. `afterId` is where claiming
 * of fresh ones goes on. `accountIds`: they share it by weight.
 */
export type Work = { massEmailId: string; campaignId: string; accountIds: string[]; sandbox: boolean; lane: number; openedThrough: number; fresh: boolean; afterId: number }

type Open = Omit<Work, 'lane' | 'fresh' | 'afterId'>

/** Asking the lanes is dear, so an answer serves for a while: a claim finds out what is still true. */
const servesMs = 1_000
/** What was given back lies behind the cursors and is found by a look at everything that waits; it must not take more than its part of the time. */
const fullLookEveryMs = 3_000
const restAfterLook = 20

export class WorkFinder {
  readonly #db: Db
  #found: Work[] = []
  #foundAt = 0
  /** By mass email and lane: up to here everything fresh was claimed. */
  readonly #cursors = new Map<string, Map<number, number>>()
  /** When the next look at everything may be. */
  readonly #fullLooks = new Map<string, number>()

  constructor(db: Db) {
    this.#db = db
  }

  /** Lanes in a random order, of each mass email either fresh deliveries or, where none are left, those whose time has come. */
  async find(now: Date): Promise<readonly Work[]> {
    if (this.#found.length === 0 || performance.now() - this.#foundAt > servesMs) {
      this.#foundAt = performance.now()
      const open = await openMassEmails(this.#db)
      this.#forgetOthers(open)
      const work: Work[][] = []
      for (const massEmail of open) work.push(await this.#lanesOf(massEmail, now))
      this.#found = work.flatMap(shuffled)
    }
    return [...this.#found]
  }

  /** After a claim of at most `limit`: fewer mean that the lane is dry. */
  claimed({ massEmailId, lane, fresh }: Work, deliveries: readonly Delivery[], limit: number): void {
    if (fresh && deliveries.length > 0) this.#cursorsOf(massEmailId).set(lane, deliveries.at(-1)!.id)
    const index = this.#found.findIndex((item) => item.massEmailId === massEmailId && item.lane === lane)
    if (index === -1) return
    if (deliveries.length < limit) this.#found.splice(index, 1)
    else if (fresh) this.#found[index] = { ...this.#found[index]!, afterId: deliveries.at(-1)!.id }
  }

  /** Nothing of what was found may be claimed any more. */
  forget(): void {
    this.#found = []
  }

  async #lanesOf(massEmail: Open, now: Date): Promise<Work[]> {
    const cursors = this.#cursorsOf(massEmail.massEmailId)
    const work = (lanes: number[], fresh: boolean): Work[] => lanes.map((lane) => ({ ...massEmail, lane, fresh, afterId: fresh ? cursors.get(lane) ?? 0 : 0 }))
    const fresh = await lanesWith(this.#db, massEmail, cursors, isFresh, now)
    if (fresh.length > 0) return work(fresh, true)
    const givenBack = await this.#lookAtAll(massEmail, cursors, now)
    if (givenBack.length > 0) return work(givenBack, true)
    return work(await lanesWith(this.#db, massEmail, cursors, isLater, now), false)
  }

  async #lookAtAll(massEmail: Open, cursors: Map<number, number>, now: Date): Promise<number[]> {
    const from = performance.now()
    if (from < (this.#fullLooks.get(massEmail.massEmailId) ?? 0)) return []
    cursors.clear()
    const lanes = await lanesWith(this.#db, massEmail, cursors, isFresh, now)
    const took = performance.now() - from
    this.#fullLooks.set(massEmail.massEmailId, from + Math.max(fullLookEveryMs, restAfterLook * took))
    return lanes
  }

  #cursorsOf(massEmailId: string): Map<number, number> {
    let cursors = this.#cursors.get(massEmailId)
    if (!cursors) this.#cursors.set(massEmailId, cursors = new Map())
    return cursors
  }

  #forgetOthers(open: readonly Open[]): void {
    const ids = new Set(open.map(({ massEmailId }) => massEmailId))
    for (const kept of [this.#cursors, this.#fullLooks]) for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id)
  }
}

/** In process, with an open batch, of an active campaign. */
async function openMassEmails(db: Db): Promise<Open[]> {
  const { rows } = await sql<Open>`
    select m.id as mass_email_id, m.campaign_id, array[m.frozen ->> 'accountId'] || array(select jsonb_array_elements_text(m.frozen -> 'sharedAccountIds')) as account_ids, (m.frozen ->> 'sandbox')::boolean as sandbox, m.opened_through
      from mass_email m join campaign c on c.id = m.campaign_id and c.status = 'active' and c.deleted_at is null
     where m.status = 'inProcess' and m.opened_through > 0 and m.deleted_at is null order by m.frozen_at, m.id`.execute(db)
  return rows
}

const allLanes = Array.from({ length: laneCount }, (_, lane) => lane)

/** The conditions of the two indexes: what is fresh is found by its id, the others by their time. */
export const isFresh = sql<boolean>`d.attempts = 0 and d.reason_code is null`
export const isLater = sql<boolean>`(d.attempts > 0 or d.reason_code is not null)`

async function lanesWith(db: Db, { massEmailId, openedThrough }: Open, cursors: ReadonlyMap<number, number>, condition: RawBuilder<boolean>, now: Date): Promise<number[]> {
  const { rows } = await sql<{ lane: number }>`
    select place.lane from unnest(${allLanes}::smallint[], ${allLanes.map((lane) => (condition === isFresh ? cursors.get(lane) ?? 0 : 0))}::bigint[]) as place (lane, after_id)
     where exists (
       select from delivery d where d.lane = place.lane and d.mass_email_id = ${massEmailId} and d.status = 'pending' and not d.test
          and d.id > place.after_id and d.id <= ${openedThrough} and ${condition} and d.due_at <= ${now})`.execute(db)
  return rows.map(({ lane }) => lane)
}

/** No two senders walk the lanes in the same order. */
const shuffled = (lanes: readonly Work[]): Work[] =>
  lanes.map((item) => ({ item, order: Math.random() })).sort((a, b) => a.order - b.order).map(({ item }) => item)
