/** Members move from one list to another, with their "no". */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Tx } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import { type RecordSelection, selectedIds, memberTypeNamed } from './members.ts'
import { carryOptOuts } from './opt-outs.ts'
import { lockTargetLists, targetListNamed } from './target-lists.ts'

/** One statement, however many. Answers how many left the first list; who is in the second already stays there as it is. */
export async function moveMembers(
  tx: Tx, actor: Actor, { fromId, toId }: { fromId: string; toId: string }, selection: RecordSelection, context: ListContext,
): Promise<number> {
  if (fromId === toId) throw invalid([{ path: 'targetListId', message: 'This is the same list.' }])
  await lockTargetLists(tx, actor, [{ id: fromId, action: 'edit' }, { id: toId, action: 'edit' }])
  const { name } = await targetListNamed(tx, actor, fromId)
  const { name: entityType, table } = memberTypeNamed(selection.entityType)
  const chosen = sql`
    select record_id from target_list_member
     where target_list_id = ${fromId}::uuid and entity_type = ${entityType} and record_id in (${selectedIds(selection, actor, context)})`
  // Before they leave: a filter may ask for the members of the first list.
  await carryOptOuts(tx, [fromId], toId, sql`select email_key from ${sql.table(table)} where id in (${chosen})`)
  const { rows } = await sql<{ moved: number }>`
    with gone as (
      delete from target_list_member where target_list_id = ${fromId}::uuid and entity_type = ${entityType} and record_id in (${chosen}) returning *),
    come as (
      insert into target_list_member (target_list_id, entity_type, record_id, source, added_by, added_at, consent_at, consent_source, consent_text)
      select ${toId}::uuid, entity_type, record_id, source, added_by, added_at, consent_at, consent_source, consent_text from gone
       order by record_id
          on conflict do nothing)
    select count(*) as moved from gone`.execute(tx)
  await audit(tx, actor, 'membersMoved', { type: 'TargetList', id: fromId, name, detail: { to: toId, moved: rows[0]!.moved } })
  return rows[0]!.moved
}
