/** Which records look like a given one, or like values that are not saved yet. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import { jsonFor } from '../platform/json.ts'
import { columnOf, type EntityType } from '../records/definition.ts'
import { linkFields } from '../records/links.ts'
import { readValues } from '../records/record-values.ts'
import { expectMayDo } from '../records/records.ts'
import type { Duplicate, DuplicateReason } from './contract.ts'
import { isGiven, likenessesOf } from './likeness.ts'

const mostShown = 20

/** Of those that the actor may read. */
export async function duplicatesOf(db: Db, type: EntityType, id: string, actor: Actor): Promise<Duplicate[]> {
  await expectMayDo(db, type, id, actor, 'read')
  return alike(db, type, sql`select r.* from ${sql.table(type.table)} r where r.id = ${id}`, id, actor)
}

/** Faulty values are as good as none here: saving will name them. */
export async function duplicatesOfValues(db: Db, type: EntityType, values: Record<string, unknown>, exceptId: string | undefined, actor: Actor): Promise<Duplicate[]> {
  const { stored } = readValues(type, values, { creating: false })
  const compared = type.fields.filter(({ type: kind }) => kind === 'text' || kind === 'phone' || kind === 'email' || kind === 'link').map(columnOf)
  const isLink = new Set(linkFields(type).map(({ column }) => column))
  const usable = compared.filter((column) => stored[column] && (!isLink.has(column) || isId(stored[column])))
  const given = { ...Object.fromEntries(usable.map((column) => [column, stored[column]])), ...derived(type, stored) }
  const row = sql`select v.* from jsonb_populate_record(null::${sql.table(type.table)}, ${jsonFor(given)}::jsonb) v`
  return alike(db, type, row, exceptId !== undefined && isId(exceptId) ? exceptId : null, actor)
}

/** What the table computes by itself for a row that is there. */
function derived(type: EntityType, stored: Record<string, string | null>) {
  const address = stored['email_address'] ?? ''
  const name = type.baseType === 'person' ? `${stored['first_name'] ?? ''} ${stored['last_name'] ?? ''}`.trim() || address : stored['name'] ?? ''
  return { email_key: address.toLowerCase(), name }
}

type Found = { id: string; name: string; emailAddress: string; createdAt: Date; reasons: DuplicateReason[] }

/** `one` is a SELECT of one row, which goes by `r` in a likeness; the records it is compared with, too: each in its own query level. */
async function alike(db: Db, type: EntityType, one: RawBuilder<unknown>, exceptId: string | null, actor: Actor): Promise<Duplicate[]> {
  const likenesses = likenessesOf(type)
  if (likenesses.length === 0) return []
  const { rows: keys } = await sql<Record<string, string | null>>`
    select ${sql.join(likenesses.flatMap(({ parts }, i) => parts.map((part, j) => sql`${part} as ${sql.id(`k${i}_${j}`)}`)))} from (${one}) r`.execute(db)
  const searches = likenesses.flatMap((likeness, i) => {
    const values = likeness.parts.map((_, j) => keys[0]?.[camel(`k${i}_${j}`)] ?? '')
    if (values.includes('')) return []
    return [sql`(
      select r.id, ${likeness.reason}::text as reason from ${sql.table(type.table)} r
       where ${isGiven(likeness)} and ${sql.join(likeness.parts.map((part, j) => sql`${part} = ${values[j]}`), sql` and `)} and r.id is distinct from ${exceptId}::uuid and ${allowed(actor, type.name, 'read')}
       limit ${mostShown})`]
  })
  if (searches.length === 0) return []
  const { rows } = await sql<Found>`
    select r.id, coalesce(r.name, '') as name, coalesce(to_jsonb(r) ->> 'email_address', '') as email_address, r.created_at, array_agg(f.reason) as reasons
      from (${sql.join(searches, sql` union all `)}) f join ${sql.table(type.table)} r on r.id = f.id
     group by r.id order by r.created_at, r.id limit ${mostShown}`.execute(db)
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), reasons: likenesses.map(({ reason }) => reason).filter((reason) => row.reasons.includes(reason)) }))
}

/** As the database answers names of columns. */
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
