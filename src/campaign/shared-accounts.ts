/** Further outbound accounts that share a mass email with its own one, by their weights. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Db } from '../platform/db.ts'
import type { Fault } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { senderFaults } from './sender.ts'

type Own = { accountId: string | null; fromAddress: string; sharedAccountIds: string[] }
type Change = { accountId?: string | null | undefined; fromAddress?: string | undefined; sharedAccountIds?: string[] | undefined }

/** All of them must be there, carry real mail, and be allowed to send as the same sender. */
export async function sharedAccountFaults(db: Db, actor: Actor, before: Own, change: Change): Promise<Fault[]> {
  const ids = change.sharedAccountIds ?? before.sharedAccountIds
  if (ids.length === 0 || (!change.sharedAccountIds && change.accountId === undefined && change.fromAddress === undefined)) return []
  const fault = (message: string): Fault[] => [{ path: 'sharedAccountIds', message }]
  const rows = await db.selectFrom('outboundAccount').select(['id', 'kind', 'name', 'host']).where(sql<boolean>`id = any(${ids.filter(isId)}::uuid[])`).where('removedAt', 'is', null).execute()
  if (rows.length < new Set(ids).size) return fault('There is no such outbound account.')
  const unfit = rows.find(({ kind, host }) => kind === 'sandbox' || host === '')
  if (unfit) return fault(`${unfit.name} cannot share real mail.`)
  for (const { id } of rows) {
    const [first] = await senderFaults(db, actor, before, { fromAddress: change.fromAddress ?? before.fromAddress, accountId: id })
    if (first) return fault(first.message)
  }
  return []
}
