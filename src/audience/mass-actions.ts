/** What can be done to many records with target lists, as records' mass actions want it. */
import { sql } from 'kysely'
import { type Actor, expectScope } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { EntityType } from '../records/definition.ts'
import type { MassActions } from '../records/mass-action.ts'
import { addMembers, recordsById, removeMembers } from './members.ts'
import { targetListNamed } from './target-lists.ts'

export const targetListActions: Pick<MassActions, 'addToTargetList' | 'removeFromTargetList'> = {
  addToTargetList: {
    check: expectTargetList,
    run: (tx, { type, ids, data, actor, now }) =>
      addMembers(tx, { targetListId: listIdIn(data), source: 'manual', addedBy: actor.userId }, recordsById(type.name, ids, actor), now),
  },
  removeFromTargetList: {
    // Also of a type that lists do not take any more: its members are still there.
    check: (db, type, data, actor) => expectTargetList(db, { ...type, mailable: type.baseType !== 'base' }, data, actor),
    run: async (tx, { type, ids, data }) => ({ removed: await removeMembers(tx, listIdIn(data), type.name, ids) }),
  },
}

const listIdIn = (data: Record<string, unknown>) => data['targetListId'] as string

/** 400 with every fault: unknown keys, a list that does not exist, a type that lists do not take. */
async function expectTargetList(db: Db, type: EntityType, data: Record<string, unknown>, actor: Actor): Promise<void> {
  // The endpoint asks for the scope of records alone.
  expectScope(actor, 'targetLists:write')
  const { targetListId, ...rest } = data
  const faults = Object.keys(rest).map((key) => ({ path: `data.${key}`, message: 'There is no such field.' }))
  const found = typeof targetListId === 'string' && isId(targetListId) && (await sql`
    select 1 from target_list l where l.id = ${targetListId} and l.deleted_at is null and ${allowed(actor, 'TargetList', 'read', 'l')}`.execute(db)).rows.length > 0
  if (!found) faults.push({ path: 'data.targetListId', message: 'There is no such target list.' })
  if (!type.mailable) faults.push({ path: 'selection', message: `${type.plural} cannot be in target lists.` })
  if (faults.length > 0) throw invalid(faults)
  await targetListNamed(db, actor, targetListId as string, 'edit')
}
