/** Brings rows back as they were, many with one statement; what stands in the way is found out record by record. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { sqlState } from '../platform/errors.ts'
import { columnOf, type EntityType, type Field } from './definition.ts'
import { findDefinition } from './entity-types.ts'
import { linkFields, linksTo, pairEnds } from './links.ts'
import { nounOf } from './records.ts'
import { type Authorship, modified, typesOf } from './store.ts'

/** A link that came back empty, because the record it leads to is not there. */
export type LostLink = { recordId: string; field: Field; column: string; targetId: string }

/** `rows` is a SELECT of (record_id, row as JSON). A row whose id or unique value is taken does not come back; the others do. */
export async function restoreRows(tx: Tx, type: EntityType, rows: RawBuilder<unknown>): Promise<{ restored: string[]; lost: LostLink[] }> {
  const lost = await lostLinks(tx, type, rows)
  const columns = await columnsOfTable(tx, type.table)
  const { rows: back } = await sql<{ id: string }>`
    insert into ${sql.table(type.table)} (${sql.join(columns.map(({ name }) => sql.id(name)))})
    select ${sql.join(columns.map((column) => restoredValue(type, column)))}
      from (${rows}) kept, jsonb_populate_record(null::${sql.table(type.table)}, kept."row") v
     order by v.id
        on conflict do nothing returning id`.execute(tx)
  const restored = new Set(back.map(({ id }) => id))
  return { restored: [...restored], lost: lost.filter(({ recordId }) => restored.has(recordId)) }
}

/** The table as it is now: a field that was removed meanwhile is left out, one that was added gets what the table says. */
async function columnsOfTable(tx: Tx, table: string): Promise<{ name: string; default: string | null }[]> {
  const { rows } = await sql<{ name: string; default: string | null }>`
    select attname as name, case when attnotnull then pg_get_expr(adbin, adrelid) end as default
      from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
     where attrelid = quote_ident(${table})::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`.execute(tx)
  return rows
}

function restoredValue(type: EntityType, column: { name: string; default: string | null }): RawBuilder<unknown> {
  const target = targetOf(type, column.name)
  if (target) return valueIfThere(sql.id('v', column.name), target)
  return column.default === null ? sql.id('v', column.name) : sql`coalesce(${sql.id('v', column.name)}, ${sql.raw(column.default)})`
}

const targetOf = (type: EntityType, column: string): EntityType | undefined =>
  findDefinition(linkFields(type).find((link) => link.column === column)?.field.linksTo ?? '')

const valueIfThere = (value: RawBuilder<unknown>, target: EntityType) =>
  sql`(select t.id from ${sql.table(target.table)} t where t.id = ${value})`

async function lostLinks(tx: Tx, type: EntityType, rows: RawBuilder<unknown>): Promise<LostLink[]> {
  const found: LostLink[] = []
  for (const { field, column } of linkFields(type)) {
    const target = findDefinition(field.linksTo!)
    if (!target) continue
    const { rows: gone } = await sql<{ recordId: string; targetId: string }>`
      select kept.record_id, (kept."row" ->> ${column})::uuid as target_id from (${rows}) kept
       where kept."row" ->> ${column} is not null
         and not exists (select from ${sql.table(target.table)} t where t.id = (kept."row" ->> ${column})::uuid)`.execute(tx)
    found.push(...gone.map((each) => ({ ...each, field, column })))
  }
  return found
}

/** Links that led to the restored records lead there again, unless they lead elsewhere now. `links` answers (record_id, from_id). */
export async function restoreLinks(
  tx: Tx, type: EntityType, links: (fromType: string, column: string) => RawBuilder<unknown>, insteadOf: string | null = null,
): Promise<void> {
  for (const { from, column } of linksTo(type)) {
    await sql`
      update ${sql.table(from.table)} r set ${sql.id(column)} = l.record_id
        from (${links(from.name, column)}) l where r.id = l.from_id and ${sql.id('r', column)} is not distinct from ${insteadOf}::uuid`.execute(tx)
  }
}

/** Pairs come back where the other one is there. `links` as above, by relationship and own end. Answers those that are new. */
export async function restorePairs(tx: Tx, type: EntityType, links: (relationshipId: string, own: string) => RawBuilder<unknown>) {
  const made: { relationshipId: string; own: string; otherId: string }[] = []
  for (const { relationshipId, joinTable, own, other, otherType } of pairEnds(type)) {
    const { rows } = await sql<{ otherId: string }>`
      insert into ${sql.table(joinTable)} (${sql.id(own)}, ${sql.id(other)})
      select distinct l.record_id, l.from_id from (${links(relationshipId, own)}) l
       where exists (select from ${sql.table(otherType.table)} t where t.id = l.from_id)
          on conflict do nothing returning ${sql.id(other)} as other_id`.execute(tx)
    made.push(...rows.map(({ otherId }) => ({ relationshipId, own, otherId })))
  }
  return made
}

/** Takes away pairs that a record got by a merge. */
export async function removePairs(tx: Tx, type: EntityType, recordId: string, pairs: readonly { relationshipId: string; own: string; otherId: string }[]): Promise<void> {
  for (const { relationshipId, joinTable, own, other } of pairEnds(type)) {
    const ids = pairs.filter((pair) => pair.relationshipId === relationshipId && pair.own === own).map(({ otherId }) => otherId)
    await sql`delete from ${sql.table(joinTable)} where ${sql.id(own)} = ${recordId} and ${sql.id(other)} = any(${ids}::uuid[])`.execute(tx)
  }
}

/** Why these did not come back, in words. */
export async function whyNotRestored(tx: Tx, type: EntityType, rows: RawBuilder<unknown>): Promise<{ id: string; reason: string }[]> {
  const unique = type.fields.filter((field) => field.unique)
  const taken = unique.map((field) => sql`
    when exists (select from ${sql.table(type.table)} t where lower(${sql.id('t', columnOf(field))}::text) = lower(kept."row" ->> ${columnOf(field)}))
    then ${`Another ${nounOf(type)} has its ${field.label} now: `}::text || (kept."row" ->> ${columnOf(field)})`)
  const { rows: reasons } = await sql<{ id: string; reason: string }>`
    select kept.record_id as id, case
      when exists (select from ${sql.table(type.table)} t where t.id = kept.record_id) then 'A record with its id is there already.'
      ${sql.join(taken, sql` `)}
      else ${`Another ${nounOf(type)} has a value now that must be unique.`} end as reason
      from (${rows}) kept`.execute(tx)
  return reasons
}

/**
 * `changes` is a SELECT of (record_id, old, version): the columns get their old values where the record still has that version.
 * Where one old value is taken now, the records are gone through one by one.
 */
export async function restoreValues(
  tx: Tx, type: EntityType, columns: readonly string[], changes: RawBuilder<unknown>, by: Authorship,
): Promise<{ id: string; version: number }[]> {
  const known = columns.filter((column) => typesOf(type).has(column))
  if (known.length === 0) return []
  const sets = known.map((column) => {
    const target = targetOf(type, column)
    return sql`${sql.id(column)} = ${target ? valueIfThere(sql.id('v', column), target) : sql.id('v', column)}`
  })
  const run = (which: RawBuilder<unknown>) => sql<{ id: string; version: number }>`
    update ${sql.table(type.table)} r set ${sql.join([...sets, ...modified(by)])}
      from (${which}) c, jsonb_populate_record(null::${sql.table(type.table)}, c.old) v
     where r.id = c.record_id and r.version = c.version returning r.id, r.version`
  const all = await tryIn(tx, () => run(changes).execute(tx))
  if (all) return all.rows
  const { rows } = await sql<{ id: string }>`select record_id as id from (${changes}) c`.execute(tx)
  const restored: { id: string; version: number }[] = []
  for (const { id } of rows) {
    const one = await tryIn(tx, () => run(sql`select * from (${changes}) one where one.record_id = ${id}`).execute(tx))
    restored.push(...(one?.rows ?? []))
  }
  return restored
}

/** Undefined when a unique value was taken; what it did before is taken back. */
async function tryIn<T>(tx: Tx, work: () => Promise<T>): Promise<T | undefined> {
  await sql`savepoint restoring`.execute(tx)
  try {
    const result = await work()
    await sql`release savepoint restoring`.execute(tx)
    return result
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    await sql`rollback to savepoint restoring`.execute(tx)
    return undefined
  }
}
