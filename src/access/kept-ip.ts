/** An address of somebody who signed in, as much of it as the settings let be kept. The rules of the door itself (sign-in.ts) see all of it, for a day. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { type KeepIp, storedIp } from '../platform/stored-ip.ts'

export async function keptIp(db: Db, ip: string): Promise<string> {
  if (ip === '') return ip
  const row = await db.selectFrom('setting').select(sql<KeepIp | null>`value ->> 'storeIp'`.as('keep')).where('name', '=', 'general').executeTakeFirst()
  return storedIp(ip, row?.keep ?? 'full')
}
