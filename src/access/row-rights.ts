/** Rights as SQL: which rows of a table somebody may read, change or delete. The one place that says what "own" and "team" mean. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { type Actor, levelOf, mayNot } from './actor.ts'
import type { Action } from './rights.ts'

type Condition = RawBuilder<boolean>

/** True where no row is left out: then no condition is needed, and no time is lost. */
export const reachesAll = (actor: Actor, type: string, action: Action): boolean => levelOf(actor, type, action) === 'all'

/**
 * Over the row `row`, which has assigned_user_id, created_by and team_ids. Own is what is assigned to me, or was made by me and is
 * assigned to nobody. Team is own, and what has one of my teams.
 */
export function allowed(actor: Actor, type: string, action: Action, row = 'r'): Condition {
  const level = levelOf(actor, type, action)
  if (level === 'all') return sql<boolean>`true`
  const conditions = [
    ...(level === 'no' ? [] : own(actor, row)),
    ...(level === 'team' ? team(actor, row) : []),
    // Everybody sees himself.
    ...(type === 'User' && action === 'read' ? [sql`${sql.id(row, 'id')} = ${actor.userId}::uuid`] : []),
  ]
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`
}

/** Where a thing is found: `r` is the row whose rights count. */
export type Place = { from: RawBuilder<unknown>; where: RawBuilder<unknown>; noun: string; id: string }

/** Throws 404 for what may not be read, as for what is not there; 403 for what may be read and no more. */
export async function expectAllowed(db: Db, actor: Actor, type: string, action: Action, { from, where, noun, id }: Place): Promise<void> {
  const { rows } = isId(id)
    ? await sql<{ allowed: boolean }>`select ${allowed(actor, type, action)} as allowed from ${from} where ${where} and ${allowed(actor, type, 'read')}`.execute(db)
    : { rows: [] }
  if (!rows[0]) throw notFound(noun, id)
  if (!rows[0].allowed) throw mayNot(type, action)
}

const own = ({ userId }: Actor, row: string) => [
  sql`${sql.id(row, 'assigned_user_id')} = ${userId}::uuid`,
  sql`(${sql.id(row, 'assigned_user_id')} is null and ${sql.id(row, 'created_by')} = ${userId}::uuid)`,
]

/** "<> '{}'" is what the index of teams is made for. */
const team = ({ teamIds = [] }: Actor, row: string) => teamIds.length === 0 ? [] : [
  sql`(${sql.id(row, 'team_ids')} <> '{}' and ${sql.id(row, 'team_ids')} && ${teamIds}::uuid[])`,
]
