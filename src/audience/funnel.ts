/** The audience in numbers and by name, computed at any time. What was frozen with a mass email is read by campaign. */
import { type RawBuilder, sql } from 'kysely'
import { type ListColumn, type ListContext, listPage, type Page } from '../listing/list.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { inBulk } from './bulk.ts'
import type { Hindrance, Verdict } from './codes.ts'
import { audienceTypes } from './mailable.ts'
import { type Audience, verdicts } from './verdict.ts'

/** `verdicts` has the hindrances that occur; with `included` they add up to `candidates`. */
export type Funnel = {
  candidates: number
  included: number
  verdicts: Partial<Record<Hindrance, number>>
  /** Included all the same. */
  notes: { optedOutOfOneOfItsLists: number }
}

export type VerdictCount = { verdict: Verdict; count: number; partlyOptedOut: number }

export async function computeFunnel(db: Db, audience: Audience): Promise<Funnel> {
  return funnelOf(await inBulk(db, async (tx) => (await sql<VerdictCount>`
    select verdict, count(*) as count, count(*) filter (where partly_opted_out) as partly_opted_out
      from (${verdicts(audience, audienceTypes())}) judged group by verdict`.execute(tx)).rows))
}

export function funnelOf(counts: readonly VerdictCount[]): Funnel {
  const byVerdict = new Map(counts.map(({ verdict, count }) => [verdict, count]))
  const included = byVerdict.get('included') ?? 0
  byVerdict.delete('included')
  return {
    candidates: counts.reduce((sum, { count }) => sum + count, 0),
    included,
    verdicts: Object.fromEntries(byVerdict),
    notes: { optedOutOfOneOfItsLists: counts.reduce((sum, { partlyOptedOut }) => sum + partlyOptedOut, 0) },
  }
}

/** The people behind one verdict. */
export const peopleWith = (db: Db, audience: Audience, verdict: Verdict, query: Partial<ListQuery>, context: ListContext): Promise<Page> =>
  inBulk(db, (tx) => peoplePage(tx, sql`(${verdicts(audience, audienceTypes())}) p`, sql<boolean>`p.verdict = ${verdict}`, query, context))

/** A page of people; `from` has rows `p` with entity_type, record_id, email_address. The name is looked up for the rows shown. */
export function peoplePage(db: Db, from: RawBuilder<unknown>, where: RawBuilder<boolean>, query: Partial<ListQuery>, context: ListContext): Promise<Page> {
  const types = audienceTypes()
  const name = sql`case p.entity_type ${sql.join(
    types.map((type) => sql`when ${type.name} then (select name from ${sql.table(type.table)} where id = p.record_id)`), sql` `)} end`
  return listPage(db, {
    from, where, id: sql`p.record_id`,
    columns: {
      id: { type: 'link', sql: sql`p.record_id`, notNull: true },
      entityType: { type: 'enum', sql: sql`p.entity_type`, options: types.map((type) => type.name) },
      name: { type: 'text', sql: name } satisfies ListColumn,
      emailAddress: { type: 'email', sql: sql`p.email_address` },
    },
    search: [sql`p.email_address`, name],
    defaultSort: 'id',
  }, query, context)
}
