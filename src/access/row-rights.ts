/** Rights as SQL: which rows of a table somebody may read, change or delete. The one place that says what "own" and "team" mean. */
import { type RawBuilder, sql } from 'kysely'
import { type Actor, levelOf } from './actor.ts'
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

const own = ({ userId }: Actor, row: string) => [
  sql`${sql.id(row, 'assigned_user_id')} = ${userId}::uuid`,
  sql`(${sql.id(row, 'assigned_user_id')} is null and ${sql.id(row, 'created_by')} = ${userId}::uuid)`,
]

/** "<> '{}'" is what the index of teams is made for. */
const team = ({ teamIds = [] }: Actor, row: string) => teamIds.length === 0 ? [] : [
  sql`(${sql.id(row, 'team_ids')} <> '{}' and ${sql.id(row, 'team_ids')} && ${teamIds}::uuid[])`,
]
