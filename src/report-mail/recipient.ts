/** Who gets a mail: a user with today's rights, his name and address. */
import type { Actor } from '../access/actor.ts'
import { readActor } from '../access/actors.ts'
import type { Db } from '../platform/db.ts'

export type Recipient = { actor: Actor & { isActive?: boolean }; name: string; emailAddress: string }

/** Also of inactive users; null when gone. */
export async function recipient(db: Db, userId: string): Promise<Recipient | null> {
  const actor = await readActor(db, userId)
  const user = actor && await db.selectFrom('user').select(['name', 'emailAddress']).where('id', '=', userId).executeTakeFirst()
  return actor && user ? { actor, name: user.name ?? '', emailAddress: user.emailAddress } : null
}
