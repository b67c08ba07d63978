/** Roles: written, changed, deleted, each change in the audit log with what it was and what it is. Who has which is a field of users. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, invalid, notFound, sqlState } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { nothing, type Permission, type TypeRights } from './rights.ts'
import { type NamedRole, rightsWithSources } from './sources.ts'

export type RoleInput = {
  name?: string | undefined
  description?: string | undefined
  types?: Record<string, TypeRights> | undefined
  otherTypes?: TypeRights | undefined
  permissions?: Permission[] | undefined
  sendNeedsApproval?: boolean | undefined
}

export async function createRole(tx: Tx, actor: Actor, input: RoleInput & { name: string }, now: Date): Promise<string> {
  const id = newId()
  await refusingSameName('role', () => tx.insertInto('role')
    .values({ otherTypes: JSON.stringify(nothing), ...columnsOf(input), name: input.name, id, createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId }).execute())
  await audit(tx, actor, 'roleCreated', { type: 'Role', id, name: input.name, detail: { to: input } })
  return id
}

export async function changeRole(tx: Tx, actor: Actor, id: string, change: RoleInput, now: Date, expectVersion: (version: number) => void): Promise<void> {
  const row = await lockRole(tx, id)
  expectVersion(row.version)
  await refusingSameName('role', () => tx.updateTable('role')
    .set({ ...columnsOf(change), version: row.version + 1, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute())
  const { name, description, types, otherTypes, permissions, sendNeedsApproval } = row
  await audit(tx, actor, 'roleChanged', { type: 'Role', id, name, detail: { from: { name, description, types, otherTypes, permissions, sendNeedsApproval }, to: change } })
}

/** Whoever had it may do less from the next request on. */
export async function removeRole(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { name } = await lockRole(tx, id)
  await tx.deleteFrom('role').where('id', '=', id).execute()
  const { numUpdatedRows } = await tx.updateTable('user').set({ roleIds: sql`array_remove(role_ids, ${id}::uuid)` })
    .where(sql<boolean>`role_ids @> array[${id}::uuid]`).executeTakeFirst()
  await audit(tx, actor, 'roleDeleted', { type: 'Role', id, name, detail: { users: Number(numUpdatedRows) } })
}

async function lockRole(tx: Tx, id: string) {
  const row = isId(id) ? await tx.selectFrom('role').selectAll().where('id', '=', id).forUpdate().executeTakeFirst() : undefined
  if (!row) throw notFound('role', id)
  return row
}

const columnsOf = ({ types, otherTypes, ...fields }: RoleInput) => ({
  ...fields, ...(types && { types: JSON.stringify(types) }), ...(otherTypes && { otherTypes: JSON.stringify(otherTypes) }),
})

export async function refusingSameName(thing: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    const message = `Another ${thing} has this name.`
    throw new AppError('conflict', 'notUnique', message, { errors: [{ path: 'name', message }] })
  }
}

/** Throws 400 naming each type that there is not. */
export function expectKnownTypes(types: Record<string, unknown> | undefined, known: readonly string[]): void {
  const faults = Object.keys(types ?? {}).filter((type) => !known.includes(type))
    .map((type) => ({ path: `types.${type}`, message: `There is no type ${type.slice(0, 100)}. It is one of ${known.join(', ')}.` }))
  if (faults.length > 0) throw invalid(faults)
}

/** What a user may do, by which of his roles, of everything that a role can speak of. */
export async function rightsOfUser(db: Db, id: string, typeNames: readonly string[]) {
  const user = isId(id) ? await db.selectFrom('user').select(['type', 'isActive', 'roleIds', 'teamIds']).where('id', '=', id).executeTakeFirst() : undefined
  if (!user) throw notFound('user', id)
  const roles = await db.selectFrom('role').select(['id', 'name', 'types', 'otherTypes', 'permissions', 'sendNeedsApproval']).where(sql<boolean>`id = any(${user.roleIds}::uuid[])`).orderBy('name').execute() as unknown as NamedRole[]
  const teams = await db.selectFrom('team').select(['id', 'name']).where(sql<boolean>`id = any(${user.teamIds}::uuid[])`).orderBy('name').execute()
  return {
    everything: user.type === 'admin', isActive: user.isActive, teams,
    roles: roles.map((role) => ({ id: role.id, name: role.name })), ...rightsWithSources(roles, typeNames),
  }
}

/** Which of these ids there are, of roles or teams. */
export async function existing(db: Db, table: 'role' | 'team', ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.selectFrom(table).select('id').where(sql<boolean>`id = any(${ids.filter(isId)}::uuid[])`).execute()
  return new Set(rows.map(({ id }) => id))
}
