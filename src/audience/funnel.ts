/** The audience in numbers and by name, computed at any time. What was frozen with a mass email is read by campaign. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import { listPage, type Page } from '../listing/list.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { inBulk } from './bulk.ts'
import type { Hindrance, Verdict } from './codes.ts'
import { audienceTypes, type MailableType } from './mailable.ts'
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

export const computeFunnel = async (db: Db, audience: Audience): Promise<Funnel> => (await askIncluded(db, audience, () => null)).funnel

/** Yes-or-no questions about a record of one type, as conditions over `r` in `from`. */
export type Questions = { from: RawBuilder<unknown>; conditions: RawBuilder<unknown>[] }

/**
 * The funnel, for each question how many of the included answer yes, and how many match a condition over `email_key`: everybody is
 * judged once. Types without questions count nowhere.
 */
export async function askIncluded(
  db: Db, audience: Audience, questionsOf: (type: MailableType) => Questions | null, addressMatches: RawBuilder<boolean> = sql<boolean>`false`,
): Promise<{ funnel: Funnel; yes: number[]; matching: number }> {
  const types = audienceTypes()
  const asked = types.flatMap((type) => { const questions = questionsOf(type); return questions ? [answersOf(type, questions)] : [] })
  const { rows } = await inBulk(db, (tx) => sql<{ counts: (VerdictCount & { matching: number })[]; answers: number[][] }>`
    with judged as (${verdicts(audience, types)}),
    counted as (
      select verdict, count(*) as "count", count(*) filter (where partly_opted_out) as "partlyOptedOut",
             count(*) filter (where verdict = 'included' and ${addressMatches}) as matching
        from judged group by verdict)
    select (select coalesce(jsonb_agg(to_jsonb(counted)), '[]') from counted) as counts,
           jsonb_build_array(${sql.join(asked)}) as answers`.execute(tx))
  const { counts, answers } = rows[0]!
  const yes = answers.reduce((sums, ofType) => ofType.map((count, index) => count + (sums[index] ?? 0)), [])
  return { funnel: funnelOf(counts), yes, matching: counts.reduce((sum, count) => sum + count.matching, 0) }
}

const answersOf = ({ name }: MailableType, { from, conditions }: Questions) => sql`(
             select jsonb_build_array(${sql.join(conditions.map((condition) => sql`count(*) filter (where ${condition})`))})
               from judged v, ${from} where r.id = v.record_id and v.entity_type = ${name} and v.verdict = 'included')`

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
export const peopleWith = (db: Db, actor: Actor, audience: Audience, verdict: Verdict, query: Partial<ListQuery>, context: ListContext): Promise<Page> =>
  inBulk(db, (tx) => peoplePage(tx, actor, sql`(${verdicts(audience, audienceTypes())}) p`, sql<boolean>`p.verdict = ${verdict} and ${readable(actor)}`, query, context))

/** Over rows `p` of people: those whom the one who looks may read. The others are in the numbers and on no page: a list may be shared with somebody who may read nobody in it. */
export function readable(actor: Actor): RawBuilder<boolean> {
  const types = audienceTypes()
  if (types.every(({ name }) => reachesAll(actor, name, 'read'))) return sql<boolean>`true`
  return sql<boolean>`case p.entity_type ${sql.join(types.map(({ name, table }) => sql`when ${name} then ${reachesAll(actor, name, 'read')
    ? sql`true` : sql`exists (select from ${sql.table(table)} r where r.id = p.record_id and ${allowed(actor, name, 'read')})`}`), sql` `)} else false end`
}

/** A page of people; `from` has rows `p` with entity_type, record_id, email_address. The name is looked up for the rows shown, where the record may be read. */
export function peoplePage(db: Db, actor: Actor, from: RawBuilder<unknown>, where: RawBuilder<boolean>, query: Partial<ListQuery>, context: ListContext): Promise<Page> {
  const types = audienceTypes()
  const name = sql`case p.entity_type ${sql.join(
    types.map((type) => sql`when ${type.name} then (select r.name from ${sql.table(type.table)} r where r.id = p.record_id and ${allowed(actor, type.name, 'read')})`), sql` `)} end`
  return listPage(db, {
    from, where, id: sql`p.record_id`,
    columns: {
      id: { type: 'link', sql: sql`p.record_id`, notNull: true },
      entityType: { type: 'enum', sql: sql`p.entity_type`, options: types.map((type) => type.name) },
      record: { type: 'text', sql: sql`p.record_id::text`, select: sql`jsonb_build_object('entityType', p.entity_type, 'id', p.record_id)` },
      name: { type: 'text', sql: name },
      emailAddress: { type: 'email', sql: sql`p.email_address` },
    },
    search: [sql`p.email_address`, name],
    defaultSort: 'id',
  }, query, context)
}
