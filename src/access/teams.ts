/** Teams: people who share records. Who is in one is a field of users, what it has a field of records. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { enqueueTask } from '../platform/task.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { refusingSameName } from './roles.ts'

export type TeamInput = { name?: string | undefined; description?: string | undefined }

export async function createTeam(tx: Tx, actor: Actor, input: TeamInput & { name: string }, now: Date): Promise<string> {
  const id = newId()
  await refusingSameName('team', () => tx.insertInto('team')
    .values({ ...input, id, createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId }).execute())
  await audit(tx, actor, 'teamCreated', { type: 'Team', id, name: input.name })
  return id
}

export async function changeTeam(tx: Tx, actor: Actor, id: string, change: TeamInput, now: Date, expectVersion: (version: number) => void): Promise<void> {
  const { version, name } = await lockTeam(tx, id)
  expectVersion(version)
  await refusingSameName('team', () => tx.updateTable('team')
    .set({ ...change, version: version + 1, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute())
  await audit(tx, actor, 'teamChanged', { type: 'Team', id, name, detail: { to: change } })
}

/** Nobody is in it any more. Whatever else has it keeps its id a while, which opens nothing: a task takes it out (forget-team.ts). */
export async function removeTeam(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { name } = await lockTeam(tx, id)
  await tx.deleteFrom('team').where('id', '=', id).execute()
  const { numUpdatedRows } = await tx.updateTable('user').set({ teamIds: sql`array_remove(team_ids, ${id}::uuid)` })
    .where(sql<boolean>`team_ids @> array[${id}::uuid]`).executeTakeFirst()
  await enqueueTask(tx, { kind: 'forgetTeam', title: `Delete the team ${name}`, input: { teamId: id }, createdBy: actor.userId, resumable: true })
  await audit(tx, actor, 'teamDeleted', { type: 'Team', id, name, detail: { users: Number(numUpdatedRows) } })
}

async function lockTeam(tx: Tx, id: string) {
  const row = isId(id) ? await tx.selectFrom('team').select(['name', 'version']).where('id', '=', id).forUpdate().executeTakeFirst() : undefined
  if (!row) throw notFound('team', id)
  return row
}
