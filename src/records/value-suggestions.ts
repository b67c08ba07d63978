/** Values that a text field has already, to be suggested while somebody types. Only of records that he may read. */
import { sql } from 'kysely'
import { type Actor, expectSome } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import { columnOf, type EntityType, fieldOf } from './definition.ts'
import { findDefinition } from './entity-types.ts'
import { findEnd } from './relationship-end.ts'
import { isUserType } from './user-rules.ts'

/** The newest so many are looked through: a suggestion has to be there while one types, whatever the size of the table. */
const lookedThrough = 20_000
const suggested = 20

/** The most frequent first. `name` may be one of linked or related records: `account.industry`, `contacts.title`. */
export async function valuesOf(db: Db, type: EntityType, { field: name, q }: { field: string; q: string }, actor: Actor): Promise<string[]> {
  const { owner, column } = textColumn(type, name)
  if (!isUserType(owner)) expectSome(actor, owner.name, 'read')
  const pattern = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<{ value: string }>`
    select value from (
      select ${sql.id('r', column)} as value
        from (select * from ${sql.table(owner.table)} order by id desc limit ${lookedThrough}) r
       where ${allowed(actor, owner.name, 'read')}) as looked
     where value <> '' and lower(value) like lower(${pattern}::text)
     group by value order by count(*) desc, value limit ${suggested}`.execute(db)
  return rows.map(({ value }) => value)
}

function manyAt(type: EntityType, name: string): EntityType | undefined {
  const end = findEnd(type, name)
  return end === 'targetLists' ? undefined : end?.other
}

function textColumn(type: EntityType, name: string): { owner: EntityType; column: string } {
  const [first = '', second, more] = name.split('.')
  const link = second === undefined ? undefined : type.fields.find((field) => field.type === 'link' && field.name === first)
  const owner = second === undefined ? type : link ? findDefinition(link.linksTo ?? '') : manyAt(type, first)
  const field = owner && fieldOf(owner, second ?? first)
  if (more !== undefined || !owner || !field || !['text', 'phone', 'url'].includes(field.type)) throw invalid([{ path: 'field', message: `"${name.slice(0, 100)}" is not a text field here` }])
  return { owner, column: columnOf(field) }
}
