/**
 * What waits for records of a type that was taken out of target lists, or removed, is Skipped. The mark would say the same, but maybe
 * not before the next portion. Everything that waits has to be looked at for it, so it is looked for only when a type was lost, and a
 * part at a time: what else a sender keeps an eye on does not wait.
 */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { audienceTypeNames, definitionsStamp, formerTypeNames, mailableTypes, refreshEntityTypes, untouchedStamp } from '../records/entity-types.ts'
import { skipBatch, skipInLane } from './finish.ts'

/** Behind which mass email, or within which one behind which delivery, it goes on. */
type Place = { behind: string; within: { id: string; campaignId: string } | null; after: number }

const beginning: Place = { behind: '00000000-0000-0000-0000-000000000000', within: null, after: 0 }

export class NotMailable {
  #stamp = ''
  #mailable: ReadonlySet<string> | null = null
  readonly #lost = new Set<string>()
  #place = beginning

  /** Looks at most at so many deliveries. Answers how many it skipped. */
  async follow(db: Db, now: Date, most = 20_000): Promise<number> {
    await refreshEntityTypes(db)
    this.#notice()
    let skipped = 0
    for (let left = most; this.#lost.size > 0 && left > 0;) {
      const step = await this.#step(db, now, left)
      left -= step.looked
      skipped += step.skipped
    }
    return skipped
  }

  /** Types that were mailable the last time. Of what was before this process nothing is known but the types that there are and were. */
  #notice(): void {
    const stamp = definitionsStamp()
    if (stamp === this.#stamp) return
    const mailable = new Set(mailableTypes().map(({ name }) => name))
    const before = this.#mailable ?? (stamp === untouchedStamp ? [] : [...audienceTypeNames(), ...formerTypeNames()])
    const found = [...before].filter((name) => !mailable.has(name))
    for (const name of this.#lost) if (mailable.has(name)) this.#lost.delete(name)
    for (const name of found) this.#lost.add(name)
    if (found.length > 0) this.#place = beginning
    this.#stamp = stamp
    this.#mailable = mailable
  }

  async #step(db: Db, now: Date, limit: number): Promise<{ looked: number; skipped: number }> {
    const { behind, after } = this.#place
    const within = this.#place.within ?? (await nextMassEmail(db, behind))
    if (!within) {
      this.#lost.clear()
      return { looked: 0, skipped: 0 }
    }
    const { looked, last, lanes } = await lookAt(db, within.id, { types: [...this.#lost], after, limit })
    const which = sql<boolean>`entity_type = any(${[...this.#lost]}::text[]) and id > ${after} and id <= ${last}`
    let skipped = 0
    for (const lane of lanes) {
      for (let done = skipBatch; done === skipBatch; skipped += done) {
        done = await skipInLane(db, { massEmailId: within.id, campaignId: within.campaignId, lane }, { which, why: 'notMailable' }, now)
      }
    }
    this.#place = looked < limit ? { behind: within.id, within: null, after: 0 } : { behind, within, after: last }
    return { looked, skipped }
  }
}

async function nextMassEmail(db: Db, behind: string): Promise<{ id: string; campaignId: string } | null> {
  const row = await db.selectFrom('massEmail').select(['id', 'campaignId']).where('id', '>', behind)
    .where('status', 'in', ['inProcess', 'paused']).where('frozenAt', 'is not', null).orderBy('id').limit(1).executeTakeFirst()
  return row ?? null
}

/** The next deliveries that wait, and the lanes in which some are of these types. */
async function lookAt(db: Db, massEmailId: string, { types, after, limit }: { types: string[]; after: number; limit: number }) {
  const { rows } = await sql<{ looked: number; last: number; lanes: number[] }>`
    select count(*) as looked, coalesce(max(id), 0) as last,
           coalesce(array_agg(distinct lane) filter (where entity_type = any(${types}::text[]) and not test), '{}') as lanes
      from (select id, lane, entity_type, test from delivery where mass_email_id = ${massEmailId} and status = 'pending' and id > ${after} order by id limit ${limit}) d`.execute(db)
  return rows[0]!
}
