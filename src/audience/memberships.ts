/** The target lists of one record, and whether its address left them: what a record's page shows. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import type { EntityType } from '../records/definition.ts'
import { expectMayDo } from '../records/records.ts'

export type Membership = { id: string; name: string; category: string; addedAt: Date; optedOutAt: Date | null }

/** Every list that the record is in and the actor may read, by name; an opt-out belongs to the address and is looked up by it. */
export async function membershipsOf(db: Db, actor: Actor, type: EntityType, recordId: string): Promise<Membership[]> {
  await expectMayDo(db, type, recordId, actor, 'read')
  const { rows } = await sql<Membership>`
    select l.id, l.name, l.category, m.added_at, o.at as opted_out_at
      from target_list_member m
      join target_list l on l.id = m.target_list_id and l.deleted_at is null and ${allowed(actor, 'TargetList', 'read', 'l')}
      join ${sql.table(type.table)} r on r.id = m.record_id
      left join opt_out o on o.target_list_id = l.id and o.email_key = r.email_key
     where m.entity_type = ${type.name} and m.record_id = ${recordId}
     order by lower(l.name), l.id`.execute(db)
  return rows
}
