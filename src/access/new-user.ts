/** A user without a password, whom a provider vouches for or somebody invites. Users that people make whole are records (src/records). */
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { existing } from './roles.ts'

/** The user name is the address. Roles and teams that are gone are left out. */
export async function createRegularUser(
  tx: Tx, { emailAddress, firstName, lastName, roleIds, teamIds, createdBy }: { emailAddress: string; firstName: string; lastName: string; roleIds: readonly string[]; teamIds: readonly string[]; createdBy?: string },
): Promise<string> {
  const id = newId()
  const by = createdBy ?? id
  const [roles, teams] = [await existing(tx, 'role', roleIds), await existing(tx, 'team', teamIds)]
  await tx.insertInto('user').values({
    id, userName: emailAddress, emailAddress, firstName, lastName, type: 'regular',
    roleIds: [...roles], teamIds: [...teams], createdBy: by, modifiedBy: by, assignedUserId: by,
  }).execute()
  return id
}
