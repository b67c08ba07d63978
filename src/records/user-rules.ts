/** What is special about records of the type User: only users of type admin write them, one administrator stays, a password may be set. */
import { type Actor, expectScope, managesUsers } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { readNewPassword, setPassword } from '../access/set-password.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, type Fault } from '../platform/errors.ts'
import type { EntityType } from './definition.ts'
import type { Stored } from './field-value.ts'

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

export async function afterUserWrite(
  tx: Tx, type: EntityType, actor: Actor, action: 'userCreated' | 'userChanged' | 'userDeleted', { id, name }: { id: string; name: string }, { stored = {}, password }: { stored?: Stored; password?: string | undefined } = {},
): Promise<void> {
  if (!isUserType(type)) return
  if (password !== undefined) await setPassword(tx, id, password)
  await audit(tx, actor, action, { type: 'User', id, name, detail: rightsIn(stored) })
}

/** Who may do what is what the audit log is asked for first. */
const rightsIn = (stored: Stored) =>
  Object.fromEntries(Object.entries({ type: 'type', isActive: 'is_active', roleIds: 'role_ids', teamIds: 'team_ids' }).flatMap(([name, column]) => (column in stored ? [[name, stored[column]]] : [])))

const activeAdministrators = (tx: Tx) =>
  tx.selectFrom('user').select('id').where('type', '=', 'admin').where('isActive', '=', true).orderBy('id')
