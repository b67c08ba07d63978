/** One's own name, which everybody may change; user name and address open doors, so that only who manages users changes those. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'

type Name = { firstName?: string | undefined; lastName?: string | undefined }

export async function changeName(tx: Tx, actor: Actor, name: Name, now: Date): Promise<void> {
  await writeName(tx, actor.userId, name, now)
  await audit(tx, actor, 'nameChanged', { type: 'User', id: actor.userId, name: actor.userName })
}

export const writeName = (tx: Tx, userId: string, name: Name, now: Date) =>
  tx.updateTable('user').set({ ...name, version: sql`version + 1`, modifiedAt: now, modifiedBy: userId }).where('id', '=', userId).execute()
