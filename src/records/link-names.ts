/** Records as people name them: which ids have a name, or an address, among the records that a link may lead to. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Db } from '../platform/db.ts'
import { columnOf, type EntityType } from './definition.ts'
import { findDefinition } from './entity-types.ts'
import { linkTableOf, mayLinkTo } from './link-targets.ts'

/** Two are as good as many: the name does not tell which. */
const asked = 2

/**
 * For each name (compared in lower case, so given) the oldest ids that have it, two at most; a person may be named by address, a user by
 * user name. What the actor may not read is not found. One look-up per name by the index of names, however many records there are.
 */
export async function idsByName(db: Db, linksTo: string, names: readonly string[], actor: Actor): Promise<Map<string, string[]>> {
  const type = findDefinition(linksTo)
  const table = linkTableOf(linksTo)
  if (table === undefined || names.length === 0) return new Map()
  const wanted = [sql`lower(name)`, ...otherNames(type)].map((column) => sql`(select id from ${sql.table(table)} r where ${column} = v.name and ${mayLinkTo(actor, linksTo)} order by id limit ${asked})`)
  const { rows } = await sql<{ name: string; ids: string[] }>`
    select v.name, array_agg(f.id order by f.id) as ids
      from unnest(${names}::text[]) as v (name) cross join lateral (${sql.join(wanted, sql` union `)}) f
     group by v.name`.execute(db)
  return new Map(rows.map(({ name, ids }) => [name, ids]))
}

function otherNames(type: EntityType | undefined) {
  const has = (column: string) => type?.fields.some((field) => columnOf(field) === column)
  if (type?.baseType !== 'person') return []
  return [...(has('email_address') ? [sql`email_key`] : []), ...(has('user_name') ? [sql`lower(user_name)`] : [])]
}
