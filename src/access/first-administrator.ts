/** The first administrator: by environment on the first start, or in the browser. Ignored when one exists. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { parseAddress } from '../platform/email-address.ts'
import type { Actor } from './actor.ts'
import { createApiKey } from './api-keys.ts'
import { audit } from './audit.ts'
import { hashPassword } from './passwords.ts'

export type FirstAdministrator = { emailAddress: string; password: string; firstName?: string; lastName?: string; apiKey?: string | undefined }

export const setupNeeded = async (db: Db): Promise<boolean> =>
  !(await db.selectFrom('user').select('id').where('type', '=', 'admin').limit(1).executeTakeFirst())

/** Creates the administrator, whose user name is the address; a conflict when one exists already. */
export async function createFirstAdministrator(db: Db, given: FirstAdministrator, ip = ''): Promise<Actor> {
  const passwordHash = await hashPassword(given.password)
  const { address, wellFormed } = parseAddress(given.emailAddress)
  return db.transaction().execute(async (tx) => {
    // Two browsers, or two processes, at once: the second waits here and finds the first one's.
    await sql`select pg_advisory_xact_lock(hashtext('tidings.first-administrator'))`.execute(tx)
    if (!(await setupNeeded(tx))) throw new AppError('conflict', 'administratorExists', 'There is an administrator already. Sign in instead.')
    const id = newId()
    await tx.insertInto('user').values({
      id, userName: address, emailAddress: address, emailMalformed: !wellFormed, type: 'admin', passwordHash,
      firstName: given.firstName ?? '', lastName: given.lastName ?? '', createdBy: id, modifiedBy: id, assignedUserId: id,
    }).execute()
    const actor = { userId: id, userName: address, type: 'admin' as const, via: 'session' as const, ip }
    await audit(tx, actor, 'firstAdministratorCreated', { type: 'User', id, name: address })
    if (given.apiKey) {
      const key = await createApiKey(tx, { name: 'First key', userId: id, createdBy: id, secret: given.apiKey })
      await audit(tx, actor, 'apiKeyCreated', { type: 'ApiKey', id: key.id, name: key.name })
    }
    return actor
  })
}

/** For a start with the environment's administrator; whoever exists already stays untouched. */
export async function ensureFirstAdministrator(db: Db, given: FirstAdministrator | undefined): Promise<void> {
  if (given && (await setupNeeded(db))) await createFirstAdministrator(db, given)
}
