/** Domain outages as shown. */
import { sql } from 'kysely'
import { listPage } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import type { DomainOutage } from './contract.ts'

const outages: Listable = {
  from: sql`domain_outage o`,
  id: sql`o.id`,
  columns: {
    id: { type: 'link', sql: sql`o.id` },
    domain: { type: 'text', sql: sql`o.domain`, notNull: true },
    beganAt: { type: 'dateTime', sql: sql`o.began_at`, notNull: true },
    taken: { type: 'integer', sql: sql`o.taken` },
    unknown: { type: 'integer', sql: sql`o.unknown` },
    held: { type: 'integer', sql: sql`(select count(*) from unknown_address u where u.outage_id = o.id)` },
    decision: { type: 'enum', sql: sql`o.decision`, options: ['confirmed', 'released'] },
    decidedAt: { type: 'dateTime', sql: sql`o.decided_at` },
    decidedByName: { type: 'text', sql: sql`(select name from "user" where id = o.decided_by)` },
  },
  search: [sql`o.domain`],
  defaultSort: '-beganAt',
}

export const outagesPage = (db: Db, query: Partial<ListQuery>, context: ListContext) => listPage(db, outages, query, context)

export async function readOutage(db: Db, id: string, context: ListContext): Promise<DomainOutage> {
  const { items } = await listPage(db, { ...outages, where: sql<boolean>`o.id = ${id}` }, { limit: 1 }, context)
  return items[0] as unknown as DomainOutage
}
