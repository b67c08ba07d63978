/** Setting somebody's password: the rules for a new one, and what follows from the change. */
import type { Db } from '../platform/db.ts'
import { hashPassword, minimumPasswordLength } from './passwords.ts'
import { endSessionsOf } from './sessions.ts'

const longest = 500

export function readNewPassword(value: unknown): { password: string } | { fault: string } {
  if (typeof value !== 'string' || value.length < minimumPasswordLength) return { fault: `A password needs at least ${minimumPasswordLength} characters.` }
  return value.length > longest ? { fault: `A password has at most ${longest} characters.` } : { password: value }
}

/** Whoever was signed in with the old one is signed out. */
export async function setPassword(db: Db, userId: string, password: string): Promise<void> {
  await db.updateTable('user').set({ passwordHash: await hashPassword(password) }).where('id', '=', userId).execute()
  await endSessionsOf(db, userId)
}
