/** What is special about records of the type User: only users of type admin write them, one administrator stays, a password may be set. */
import { sql } from 'kysely'
import { type Actor, expectScope, managesUsers } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { readNewPassword, setPassword } from '../access/set-password.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, type Fault } from '../platform/errors.ts'
import type { EntityType } from './definition.ts'

export const isUserType = (type: EntityType): boolean => type.name === 'User'

export function expectMayWrite(type: EntityType, actor: Actor) {
  if (!isUserType(type)) return
  // Also by an import, by the bin or from the other end of a relationship.
  expectScope(actor, 'users:write')
  if (!managesUsers(actor)) {
    throw new AppError('forbidden', 'administratorsOnly', 'Only an administrator may change users.')
  }
}

/** Takes the password out of the values of a user: it is no field, is never answered, and access alone writes it. */
export function takePassword(
  type: EntityType, values: Record<string, unknown>,
): { rest: Record<string, unknown>; password?: string; faults: Fault[] } {
  if (!isUserType(type) || !Object.hasOwn(values, 'password')) return { rest: values, faults: [] }
  const { password, ...rest } = values
  const read = readNewPassword(password)
  return 'fault' in read ? { rest, faults: [{ path: 'password', message: read.fault }] } : { rest, faults: [], password: read.password }
}

/** Does a change of users while no other one does, and takes it back when no active administrator would be left. */
export async function keepingAnAdministrator<T>(db: Db, type: EntityType, change: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    if (!isUserType(type)) return change(tx)
    await activeAdministrators(tx).forUpdate().execute()
    const result = await change(tx)
    if ((await activeAdministrators(tx).limit(1).execute()).length === 0) {
      throw new AppError('conflict', 'lastAdministrator', 'This is the last active administrator. Make somebody else an administrator first.')
    }
    return result
  })
}

type Change = { before?: UserRights | undefined; password?: string | undefined }

/** Who may do what is what the audit log is asked for first: rights are told by name, before and after. */
export async function afterUserWrite(
  tx: Tx, type: EntityType, actor: Actor, action: 'userCreated' | 'userChanged' | 'userDeleted', { id, name }: { id: string; name: string }, { before, password }: Change = {},
): Promise<void> {
  if (!isUserType(type)) return
  if (password !== undefined) await setPassword(tx, id, password)
  const detail = { ...difference(before, await userRights(tx, type, id)), ...(password !== undefined && { password: 'set' }) }
  await audit(tx, actor, action, { type: 'User', id, name, detail: action === 'userDeleted' ? {} : detail })
}

type UserRights = { type: string; isActive: boolean; roles: string[]; teams: string[] }

/** Of a user, as people call them; of any other record nothing. */
export async function userRights(tx: Tx, type: EntityType, id: string): Promise<UserRights | undefined> {
  if (!isUserType(type)) return undefined
  const { rows: [row] } = await sql<UserRights>`
    select u.type, u.is_active, coalesce((select array_agg(r.name order by r.name) from role r where r.id = any(u.role_ids)), '{}') as roles,
           coalesce((select array_agg(t.name order by t.name) from team t where t.id = any(u.team_ids)), '{}') as teams
      from "user" u where u.id = ${id}`.execute(tx)
  return row
}

function difference(before: UserRights | undefined, after: UserRights | undefined): { from?: object; to?: object } {
  if (!before || !after) return after ? { to: after } : {}
  const changed = (Object.keys(after) as (keyof UserRights)[]).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  const only = (rights: UserRights) => Object.fromEntries(changed.map((key) => [key, rights[key]]))
  return changed.length === 0 ? {} : { from: only(before), to: only(after) }
}

const activeAdministrators = (tx: Tx) =>
  tx.selectFrom('user').select('id').where('type', '=', 'admin').where('isActive', '=', true).orderBy('id')
