/** DKIM keys as shown: with the record ready to copy, without the private half. */
import { sql } from 'kysely'
import { listPage } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import type { DkimKey } from './contract.ts'
import { recordName, recordValue, zoneFileValue } from './dkim-record.ts'
import { identityOf, readKey } from './keys.ts'
import { recordStates } from './record.ts'

const keys: Listable = {
  from: sql`dkim_key k`,
  id: sql`k.id`,
  columns: {
    id: { type: 'link', sql: sql`k.id` },
    domain: { type: 'text', sql: sql`k.domain` },
    selector: { type: 'text', sql: sql`k.selector` },
    algorithm: { type: 'enum', sql: sql`k.algorithm`, options: ['rsa', 'ed25519'] },
    state: { type: 'enum', sql: sql`k.state`, options: ['new', 'active', 'retired'] },
    recordState: { type: 'enum', sql: sql`k.record_state`, options: recordStates },
    recordMessage: { type: 'text', sql: sql`k.record_message` },
    checkedAt: { type: 'dateTime', sql: sql`k.checked_at` },
    createdAt: { type: 'dateTime', sql: sql`k.created_at`, notNull: true },
    activatedAt: { type: 'dateTime', sql: sql`k.activated_at` },
    retiredAt: { type: 'dateTime', sql: sql`k.retired_at` },
    version: { type: 'integer', sql: sql`k.version` },
  },
  search: [sql`k.domain`, sql`k.selector`],
  defaultSort: 'domain',
}

export const keysPage = (db: Db, query: ListQuery, now: Date) => listPage(db, keys, query, { now, timeZone: 'UTC' })

export async function presentKey(db: Db, id: string): Promise<DkimKey> {
  const row = await readKey(db, id)
  const identity = identityOf(row)
  const { domain, selector, version } = row
  return {
    id, domain, selector, version, algorithm: identity.algorithm, state: row.state as DkimKey['state'],
    recordName: recordName(identity), recordValue: recordValue(identity), zoneFileValue: zoneFileValue(recordValue(identity)),
    recordState: row.recordState as DkimKey['recordState'], recordMessage: row.recordMessage,
    checkedAt: row.checkedAt?.toISOString() ?? null, createdAt: row.createdAt.toISOString(),
    activatedAt: row.activatedAt?.toISOString() ?? null, retiredAt: row.retiredAt?.toISOString() ?? null,
  }
}
