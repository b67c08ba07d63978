/** All records of a type that look alike, in groups, page by page in the order of what they have in common. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { readWithin, tooLate } from '../listing/deadline.ts'
import type { Db } from '../platform/db.ts'
import { AppError, invalid } from '../platform/errors.ts'
import type { EntityType } from '../records/definition.ts'
import { expectMayList } from '../records/records.ts'
import type { DuplicateGroup, DuplicateReason } from './contract.ts'
import { isGiven, likenessesOf } from './likeness.ts'

type Page = { items: DuplicateGroup[]; next: string | null }

const mostShown = 10
/** As long as lists try. */
const patience = 10_000

export async function duplicateGroups(
  db: Db, type: EntityType, { by, limit, cursor }: { by: DuplicateReason; limit: number; cursor?: string | undefined }, actor: Actor, patienceMs = patience,
): Promise<Page> {
  expectMayList(type, actor)
  const likeness = likenessesOf(type).find(({ reason }) => reason === by)
  if (!likeness) throw invalid([{ path: 'by', message: `${type.plural} have no fields for that` }])
  const parts = sql.join(likeness.parts)
  const last = cursor === undefined ? undefined : readCursor(cursor, likeness.parts.length)
  const found = await readWithin(db, patienceMs, (tx) => sql<{ values: string[]; count: number; ids: string[] }>`
    select array[${parts}]::text[] as values, count(*) as count, (array_agg(r.id order by r.created_at, r.id))[1:${sql.lit(mostShown)}] as ids
      from ${sql.table(type.table)} r
     where ${isGiven(likeness)} and ${allowed(actor, type.name, 'read')} ${last ? sql`and (${parts}) > (${sql.join(last)})` : sql``}
     group by ${parts} having count(*) > 1
     order by ${parts} limit ${limit + 1}`.execute(tx), { jit: 'off' })
  if (found === tooLate) throw tooMany(type)
  const { rows } = found
  const shown = rows.slice(0, limit)
  const records = await recordsById(db, type, shown.flatMap(({ ids }) => ids))
  return {
    items: shown.map(({ values, count, ids }) => ({ values, count, records: ids.flatMap((id) => records.get(id) ?? []) })),
    next: rows.length > limit ? Buffer.from(JSON.stringify(shown.at(-1)!.values)).toString('base64url') : null,
  }
}

const tooMany = ({ plural }: EntityType) => new AppError('unavailable', 'filterTooSlow',
  `There are too many ${plural} to look through for that at once. Look for what they may have in common in another way, or open one of them: those like it are found at once.`)

async function recordsById(db: Db, type: EntityType, ids: string[]): Promise<Map<string, DuplicateGroup['records'][number]>> {
  const { rows } = await sql<{ id: string; name: string; emailAddress: string; createdAt: Date }>`
    select r.id, coalesce(r.name, '') as name, coalesce(to_jsonb(r) ->> 'email_address', '') as email_address, r.created_at
      from ${sql.table(type.table)} r where r.id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, { ...row, createdAt: row.createdAt.toISOString() }]))
}

function readCursor(cursor: string, length: number): string[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(values) && values.length === length && values.every((value) => typeof value === 'string' && !value.includes('\0'))) return values as string[]
  } catch { /* said below */ }
  throw invalid([{ path: 'cursor', message: 'is not one that this list has answered' }])
}
