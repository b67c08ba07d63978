/** A user whom somebody else vouches for: no password, nobody made him. Users that people make are records (src/records). */
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { existing } from './roles.ts'

/** The user name is the address. Roles and teams that are gone are left out. */
export async function createRegularUser(
  tx: Tx, { emailAddress, firstName, lastName, roleIds, teamIds }: { emailAddress: string; firstName: string; lastName: string; roleIds: readonly string[]; teamIds: readonly string[] },
): Promise<string> {
  const id = newId()
  const [roles, teams] = [await existing(tx, 'role', roleIds), await existing(tx, 'team', teamIds)]
  await tx.insertInto('user').values({
    id, userName: emailAddress, emailAddress, firstName, lastName, type: 'regular',
    roleIds: [...roles], teamIds: [...teams], createdBy: id, modifiedBy: id, assignedUserId: id,
  }).execute()
  return id
}
