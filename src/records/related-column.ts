/** Fields of the many records at the other end of a relationship, to filter by: "some of its contacts are in Berlin". */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import type { RelatedColumn } from '../listing/listable.ts'
import { type EntityType, keyOf } from './definition.ts'
import { columnAt } from './record-column.ts'
import { type End, findEnd, linkOf, pairColumns } from './relationship-end.ts'

/** `contacts.addressCity` of Account. Undefined for what leads to one record only (those are columns of the list) or nowhere. Whom the actor may not read does not count. */
export function relatedColumn(type: EntityType, actor: Actor | null, name: string): RelatedColumn | undefined {
  const dot = name.indexOf('.')
  const end = dot < 0 ? undefined : findEnd(type, name.slice(0, dot))
  if (!end || end === 'targetLists' || end.holder === end.here) return undefined
  const field = end.other.fields.find((each) => keyOf(each) === name.slice(dot + 1))
  if (!field) return undefined
  const readable = actor && !reachesAll(actor, end.other.name, 'read') ? sql` and ${allowed(actor, end.other.name, 'read', 'related')}` : sql``
  return {
    column: { ...columnAt('related', field), notNull: false },
    some: (condition) => sql<boolean>`exists (select from ${others(end)}${readable} and (${condition}))`,
  }
}

/** The rows `related` that belong to the row `r`, up to and with a condition. */
function others({ relationship, here, other, holder }: End): RawBuilder<unknown> {
  const table = sql`${sql.table(other.table)} related`
  if (holder) return sql`${table} where ${sql.id('related', linkOf(other, relationship, holder))} = r.id`
  const { mine, theirs } = pairColumns(here)
  return sql`${sql.table(relationship.joinTable!)} p join ${table} on related.id = p.${theirs} where p.${mine} = r.id`
}
