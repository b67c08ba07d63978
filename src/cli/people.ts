/** Who acts on the command line, and which user is meant. */
import type { Actor } from '../access/actor.ts'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'

/** A command acts as somebody, whose name the audit log then shows; whoever may run it owns the installation anyway. */
export async function actorNamed(db: Db, userName: string | undefined): Promise<Actor> {
  const user = await userNamed(db, userName)
  return { userId: user.id, userName: `${user.userName} (command line)`, type: 'admin', via: 'system', ip: '' }
}

/** By user name, in any case; without one, the administrator who has been there longest. */
export async function userNamed(db: Db, userName: string | undefined): Promise<{ id: string; userName: string }> {
  const users = db.selectFrom('user').select(['id', 'userName']).orderBy('createdAt').orderBy('id').limit(1)
  const user = userName === undefined
    ? await users.where('type', '=', 'admin').where('isActive', '=', true).executeTakeFirst()
    : await users.where((fields) => fields.fn('lower', ['userName']), '=', userName.toLowerCase()).executeTakeFirst()
  if (user) return user
  throw new AppError('notFound', 'userNotFound', userName === undefined
    ? 'There is no administrator yet. Start Tidings and open it in the browser, or set TIDINGS_ADMIN_EMAIL and TIDINGS_ADMIN_PASSWORD.'
    : `There is no user ${userName}.`)
}
