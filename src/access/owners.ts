/** Who and which teams something belongs to: what is wrong with them, before it is kept. */
import type { Db } from '../platform/db.ts'
import type { Fault } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { existing } from './roles.ts'

/** A fault when there is no such user; null and undefined are nobody. */
export async function userFaults(db: Db, path: string, id: string | null | undefined): Promise<Fault[]> {
  if (id === null || id === undefined) return []
  const user = isId(id) && await db.selectFrom('user').select('id').where('id', '=', id).executeTakeFirst()
  return user ? [] : [{ path, message: 'There is no such user.' }]
}

/** For whatever has teams: a fault when one of them is not there. What it has already (`kept`) never keeps it from being saved. */
export async function teamFaults(db: Db, teamIds: readonly string[] | undefined, kept: readonly string[] = []): Promise<Fault[]> {
  if (!teamIds?.length) return []
  const there = await existing(db, 'team', teamIds)
  const missing = teamIds.filter((id) => !there.has(id.toLowerCase()) && !kept.includes(id.toLowerCase()))
  return missing.length > 0 ? [{ path: 'teamIds', message: `There is no Team ${missing.join(', ').slice(0, 200)}.` }] : []
}
