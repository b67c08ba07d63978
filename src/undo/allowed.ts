/** Who may take what back: whoever did it or an administrator, and each record only with the rights that doing it asks for. */
import { type RawBuilder, sql } from 'kysely'
import { type Actor, expectMay, expectSome, levelOf, managesUsers, mayNot } from '../access/actor.ts'
import type { Action } from '../access/rights.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import type { KeptAction } from '../bin/kept.ts'
import type { Db, Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import type { EntityType } from '../records/definition.ts'
import { entityTypes } from '../records/entity-types.ts'
import { expectMayWrite } from '../records/user-rules.ts'

export const mayTakeBack = ({ byUserId }: { byUserId: string | null }, actor: Actor): boolean => managesUsers(actor) || byUserId === actor.userId

/** Of any record at all: what can be said before one is looked at. */
export function expectMayUndo(type: EntityType, { kind }: KeptAction, actor: Actor): void {
  expectMayWrite(type, actor)
  if (kind === 'update') expectMay(actor, 'massUpdate')
  expectSome(actor, type.name, rightFor(kind))
}

const rightFor = (kind: KeptAction['kind']): Action => (kind === 'update' ? 'edit' : 'delete')

/** Over the row `b` of bin_record: rights hold for a record that was deleted as for one that is there. */
const mayOnKept = (actor: Actor, type: string, action: Action): RawBuilder<boolean> => reachesAll(actor, type, action) ? sql<boolean>`true` : sql<boolean>`exists (
  select from jsonb_to_record(b."row") as r (id uuid, assigned_user_id uuid, created_by uuid, team_ids uuid[]) where ${allowed(actor, type, action)})`

/** Over the row `b` of bin_record, for lists. */
export function readableInBin(actor: Actor): RawBuilder<boolean> {
  if (managesUsers(actor)) return sql<boolean>`true`
  const types = readableTypes(actor).map((type) => sql`(b.entity_type = ${type} and ${mayOnKept(actor, type, 'read')})`)
  return types.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(types, sql` or `)})`
}

/** Of which this person may read any records at all. */
export const readableTypes = (actor: Actor): string[] => entityTypes().map(({ name }) => name).filter((name) => levelOf(actor, name, 'read') !== 'no')

/** One record in the bin: 404 when it may not be read, 403 when it may be and no more. */
export async function expectMayRestore(db: Db, actor: Actor, type: EntityType, id: string): Promise<void> {
  const { rows } = await sql<{ readable: boolean; allowed: boolean }>`
    select ${mayOnKept(actor, type.name, 'read')} as readable, ${mayOnKept(actor, type.name, 'delete')} as allowed from bin_record b where b.record_id = ${id}::uuid`.execute(db)
  if (!rows[0]?.readable) throw notFound('deleted record', id)
  if (!rows[0].allowed) throw mayNot(type.name, 'delete')
}

/** Those of these records that this person may not bring back. */
export async function notAllowed(tx: Tx, actor: Actor, type: EntityType, action: Pick<KeptAction, 'id' | 'kind'>, ids: readonly string[]): Promise<string[]> {
  if (reachesAll(actor, type.name, rightFor(action.kind))) return []
  return action.kind === 'update' ? notEditable(tx, actor, type, action.id, ids) : notRestorable(tx, actor, type, ids)
}

export async function notRestorable(tx: Tx, actor: Actor, type: EntityType, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select b.record_id as id from bin_record b where b.record_id = any(${ids}::uuid[]) and not ${mayOnKept(actor, type.name, 'delete')}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** As they are, or as they were: whoever gave his records away with a mass update gets them back by the undo of it. */
export async function notEditable(tx: Tx, actor: Actor, type: EntityType, actionId: string, ids: readonly string[]): Promise<string[]> {
  if (reachesAll(actor, type.name, 'edit')) return []
  const may = (row: string) => sql`coalesce(${allowed(actor, type.name, 'edit', row)}, false)`
  const { rows } = await sql<{ id: string }>`
    select r.id from bin_change c join ${sql.table(type.table)} r on r.id = c.record_id
     where c.action_id = ${actionId}::uuid and c.record_id = any(${ids}::uuid[])
       and not ${may('r')} and not exists (select from jsonb_populate_record(r, c.old) before where ${may('before')})
     order by r.id for update of r`.execute(tx)
  return rows.map(({ id }) => id)
}
