/** A definition as a Listable: its own fields, the fields of linked records one level deep, target lists and campaign activity. */
import { type RawBuilder, sql } from 'kysely'
import { type Actor, managesUsers } from '../access/actor.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import type { Listable, ListColumn } from '../listing/listable.ts'
import { didIt, readableBehind } from './activity.ts'
import { columnOf, type EntityType, type Field, keyOf } from './definition.ts'
import { findDefinition } from './entity-types.ts'
import { columnAt, currencyAt } from './record-column.ts'
import { relatedColumn } from './related-column.ts'

const listables = new WeakMap<EntityType, Listable>()

/** All records: for the product itself. What is done for a person goes by `readableList`. */
export function listableOf(type: EntityType): Listable {
  let listable = listables.get(type)
  if (!listable) listables.set(type, listable = buildListable(type, null))
  return listable
}

/**
 * The records that somebody may read. A linked record that he may not read looks as if there were none: its name is not shown, and no
 * filter or sort tells of it. Lists and campaigns that he may not read answer no "member of" and no "did this".
 */
export const readableList = (type: EntityType, actor: Actor): Listable => (managesUsers(actor) ? listableOf(type) : buildListable(type, actor))

/** The record itself is `r`; a linked record goes by the name of its link. */
const own = (name: string) => sql.id('r', name)

function buildListable(type: EntityType, actor: Actor | null): Listable {
  const links = type.fields.flatMap((field) => {
    const target = field.type === 'link' ? findDefinition(field.linksTo!) : undefined
    return target ? [{ field, target }] : []
  })
  const joins = links.map(({ field, target }) => sql` left join ${sql.table(target.table)} as ${sql.id(aliasOf(field))}
      on ${sql.id(aliasOf(field), 'id')} = ${own(columnOf(field))}${isColleague(target) ? sql`` : andReadable(actor, target.name, aliasOf(field))}`)
  return {
    ...(actor && !reachesAll(actor, type.name, 'read') && { where: allowed(actor, type.name, 'read') }),
    from: sql`${sql.table(type.table)} as r${sql.join(joins, sql``)}`,
    plain: sql`${sql.table(type.table)} as r`,
    id: own('id'),
    columns: {
      id: { type: 'link', sql: own('id'), notNull: true },
      ...Object.fromEntries(type.fields.flatMap((field) => currencyColumn('r', keyOf(field), field))),
      ...Object.fromEntries(type.fields.flatMap((field) => ownColumns(field))),
      version: { type: 'integer', sql: own('version'), notNull: true },
      ...Object.fromEntries(links.flatMap(({ field, target }) => linkedColumns(field, target, actor))),
    },
    search: [searchText(type)],
    defaultSort: '-createdAt',
    tieBreak: 'createdAt',
    large: true,
    memberOf: (targetListIds) => sql<boolean>`exists (
      select from target_list_member m
       where m.entity_type = ${type.name} and m.record_id = r.id and m.target_list_id = any(${targetListIds}::uuid[])
         ${readableBehind(actor, 'TargetList', 'target_list', sql`m.target_list_id`)})`,
    related: (name) => relatedColumn(type, actor, name),
    activity: (leaf, context) => didIt(type, actor, leaf, context),
  }
}

const andReadable = (actor: Actor | null, typeName: string, row: string) =>
  actor && !reachesAll(actor, typeName, 'read') ? sql` and ${allowed(actor, typeName, 'read', row)}` : sql``

/** Who is responsible stands beside a record for everybody who may read it; only the name, and nothing else of that user. */
const isColleague = ({ name }: EntityType) => name === 'User'

const aliasOf = (field: Field) => `${field.name}_link`

/** As the index of the text search is written: PostgreSQL matches the expression, not its meaning. */
const searchText = ({ baseType, table }: EntityType): RawBuilder<unknown> =>
  baseType === 'base' ? sql`r.name` : baseType === 'person' && table !== 'user'
    ? sql`coalesce(nullif(trim(r.first_name || ' ' || r.last_name), ''), r.email_address) || ' ' || r.email_address`
    : sql`r.name || ' ' || r.email_address`

function ownColumns(field: Field): [string, ListColumn][] {
  const key = keyOf(field)
  const columns: [string, ListColumn][] = [[key, columnAt('r', field)]]
  if (key !== field.name) columns.push([field.name, { ...columns[0]![1], shown: false }])
  return columns
}

/** What one may filter and group by beside an amount. A field of that name goes before it. */
const currencyColumn = (alias: string, key: string, field: Field): [string, ListColumn][] =>
  field.type === 'currency' ? [[`${key}Currency`, currencyAt(alias, field)]] : []

/** A linked record's name is shown beside its id; all its own fields can be filtered by and asked for. */
function linkedColumns(field: Field, target: EntityType, actor: Actor | null): [string, ListColumn][] {
  const alias = aliasOf(field)
  const name: [string, ListColumn] = [`${field.name}Name`, { type: 'text', sql: sql.id(alias, 'name'), joined: true }]
  const isGuarded = isColleague(target) && actor !== null && !reachesAll(actor, target.name, 'read')
  const fields = target.fields.flatMap((each) => [...currencyColumn(alias, keyOf(each), each), [keyOf(each), columnAt(alias, each)] as const]).map(([key, at]): [string, ListColumn] => {
    const column = { ...at, notNull: false, shown: false, joined: true }
    return [`${field.name}.${key}`, isGuarded ? guarded(column, allowed(actor, target.name, 'read', alias)) : column]
  })
  return [name, ...fields]
}

function guarded(column: ListColumn, readable: RawBuilder<boolean>): ListColumn {
  const orNothing = (value: RawBuilder<unknown>) => sql`(case when ${readable} then ${value} end)`
  return {
    ...column, sql: orNothing(column.sql), ...(column.folded && { folded: orNothing(column.folded) }), ...(column.select && { select: orNothing(column.select) }),
  }
}
