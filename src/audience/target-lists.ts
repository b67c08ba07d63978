/** Target lists: created, changed, duplicated, emptied, put away. Who is in them is members.ts's business. */
import { sql } from 'kysely'
import { type Actor, expectMayCreate } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { teamFaults, userFaults } from '../access/owners.ts'
import type { Action } from '../access/rights.ts'
import { expectAllowed } from '../access/row-rights.ts'
import type { Db, Tx } from '../platform/db.ts'
import { invalid, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { carryOptOuts, optOutAllEntirely } from './opt-outs.ts'

export type TargetListInput = {
  name?: string
  description?: string
  category?: string
  publicTopic?: boolean
  assignedUserId?: string | null
  teamIds?: string[]
}

export async function createTargetList(tx: Tx, actor: Actor, input: TargetListInput & { name: string }, now: Date, keptTeamIds: string[] = []): Promise<string> {
  expectMayCreate(actor, 'TargetList')
  const id = newId()
  await checkOwners(tx, input, keptTeamIds)
  await tx.insertInto('targetList').values({
    assignedUserId: actor.userId, ...input, id, createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId,
  }).execute()
  return id
}

/** The list, locked for the caller, who may do that much to it. One that was deleted is not found, though links in sent mail still opt out of it. */
export async function lockTargetList(tx: Tx, actor: Actor, id: string, action: Action) {
  const row = isId(id)
    ? await tx.selectFrom('targetList').selectAll().where('id', '=', id).where('deletedAt', 'is', null).forUpdate().executeTakeFirst()
    : undefined
  if (!row) throw notFound('target list', id)
  await expectMay(tx, actor, id, action)
  return row
}

/** Several, always in the same order, so that two who want the same ones never wait for each other in a circle. */
export async function lockTargetLists(tx: Tx, actor: Actor, wanted: readonly { id: string; action: Action }[]): Promise<void> {
  for (const { id, action } of [...wanted].sort((a, b) => (a.id < b.id ? -1 : 1))) await lockTargetList(tx, actor, id, action)
}

/** Its name, for whoever only needs to know that it is there and that this person may do that much to it. */
export async function targetListNamed(db: Db, actor: Actor, id: string, action: Action = 'read'): Promise<{ id: string; name: string }> {
  await expectMay(db, actor, id, action)
  return db.selectFrom('targetList').select(['id', 'name']).where('id', '=', id).executeTakeFirstOrThrow()
}

const expectMay = (db: Db, actor: Actor, id: string, action: Action) => expectAllowed(db, actor, 'TargetList', action, {
  from: sql`target_list r`, where: sql`r.id = ${id} and r.deleted_at is null`, noun: 'target list', id,
})

export async function changeTargetList(
  tx: Tx, actor: Actor, id: string, change: TargetListInput, now: Date, expectVersion: (version: number) => void,
): Promise<void> {
  const row = await lockTargetList(tx, actor, id, 'edit')
  expectVersion(row.version)
  await checkOwners(tx, change, row.teamIds)
  await tx.updateTable('targetList')
    .set({ ...change, version: row.version + 1, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
}

/**
 * Out of sight; members and opt-outs stay, because exclusions and links in sent mail count on them. The opt-outs may be taken along
 * to another list, or to "entirely", so that they go on counting for others.
 */
export async function removeTargetList(tx: Tx, actor: Actor, id: string, now: Date, optOutsTo?: string): Promise<void> {
  const { name } = await lockTargetList(tx, actor, id, 'delete')
  if (optOutsTo === 'entirely') await optOutAllEntirely(tx, id, actor.userId, now)
  else if (optOutsTo !== undefined) await carryOptOuts(tx, [id], (await lockTargetList(tx, actor, optOutsTo, 'edit')).id)
  await tx.updateTable('targetList').set({ deletedAt: now, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
  await audit(tx, actor, 'targetListDeleted', { type: 'TargetList', id, name, detail: optOutsTo === undefined ? {} : { optOutsTo } })
}

/** A list with the same members and the same opt-outs, assigned to whoever makes it. */
export async function duplicateTargetList(tx: Tx, actor: Actor, id: string, name: string | undefined, now: Date): Promise<string> {
  const { description, category, publicTopic, teamIds, ...original } = await lockTargetList(tx, actor, id, 'read')
  const copyId = await createTargetList(
    tx, actor, { name: name ?? `${original.name} (copy)`, description, category, publicTopic, teamIds }, now, teamIds)
  await sql`
    insert into target_list_member (target_list_id, entity_type, record_id, source, added_by, added_at, consent_at, consent_source, consent_text)
    select ${copyId}::uuid, entity_type, record_id, source, added_by, added_at, consent_at, consent_source, consent_text
      from target_list_member where target_list_id = ${id}::uuid`.execute(tx)
  await carryOptOuts(tx, [id], copyId)
  return copyId
}

/** Everybody leaves; the opt-outs stay. Answers how many left. */
export async function emptyTargetList(tx: Tx, actor: Actor, id: string): Promise<number> {
  const { name } = await lockTargetList(tx, actor, id, 'edit')
  const { numDeletedRows } = await tx.deleteFrom('targetListMember').where('targetListId', '=', id).executeTakeFirst()
  await audit(tx, actor, 'targetListEmptied', { type: 'TargetList', id, name, detail: { removed: Number(numDeletedRows) } })
  return Number(numDeletedRows)
}

/** Brings the members of other lists into this one. Whoever said "no" to any of them has said it to the whole. */
export async function mergeTargetLists(tx: Tx, actor: Actor, intoId: string, fromIds: readonly string[], now: Date): Promise<number> {
  if (fromIds.includes(intoId)) throw invalid([{ path: 'targetListIds', message: 'A list cannot be merged into itself.' }])
  const from = [...new Set(fromIds)].map((id) => ({ id, action: 'delete' as const }))
  await lockTargetLists(tx, actor, [{ id: intoId, action: 'edit' }, ...from])
  const { name } = await targetListNamed(tx, actor, intoId)
  const { numAffectedRows } = await sql`
    insert into target_list_member (target_list_id, entity_type, record_id, source, added_by, added_at, consent_at, consent_source, consent_text)
    select distinct on (entity_type, record_id) ${intoId}::uuid, entity_type, record_id, source, added_by, added_at, consent_at, consent_source, consent_text
      from target_list_member where target_list_id = any(${fromIds}::uuid[]) order by entity_type, record_id, added_at
        on conflict do nothing`.execute(tx)
  await carryOptOuts(tx, fromIds, intoId)
  for (const fromId of new Set(fromIds)) await removeTargetList(tx, actor, fromId, now)
  await audit(tx, actor, 'targetListsMerged', { type: 'TargetList', id: intoId, name, detail: { from: fromIds } })
  return Number(numAffectedRows ?? 0)
}

async function checkOwners(db: Db, { assignedUserId, teamIds }: Pick<TargetListInput, 'assignedUserId' | 'teamIds'>, keptTeamIds: string[]): Promise<void> {
  const faults = [...await teamFaults(db, teamIds, keptTeamIds), ...await userFaults(db, 'assignedUserId', assignedUserId)]
  if (faults.length > 0) throw invalid(faults)
}
