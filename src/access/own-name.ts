/** One's own name, which everybody may change; user name and address open doors, so that only who manages users changes those. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'

export async function changeName(tx: Tx, actor: Actor, name: { firstName?: string | undefined; lastName?: string | undefined }, now: Date): Promise<void> {
  await tx.updateTable('user').set({ ...name, version: sql`version + 1`, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', actor.userId).execute()
  await audit(tx, actor, 'nameChanged', { type: 'User', id: actor.userId, name: actor.userName })
}
