/** The Sandbox as an outbound account: made on the first start, then kept pointing at the port where its server listens. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'

/** The port that was used last; 0 before the first start. */
export async function readSandboxPort(db: Db): Promise<number> {
  const row = await db.selectFrom('outboundAccount').select('port').where('kind', '=', 'sandbox').executeTakeFirst()
  return row?.port ?? 0
}

/** A server at a new place has not failed yet: its circuit is closed. */
export async function saveSandboxAccount(db: Db, { host, port }: { host: string; port: number }): Promise<void> {
  await sql`
    insert into outbound_account (id, name, kind, host, port) values (${newId()}, 'Sandbox', 'sandbox', ${host}, ${port})
    on conflict (kind) where kind in ('system', 'sandbox') do update
       set host = excluded.host, port = excluded.port, broken_until = null, broken_reason = null, broken_since = null, failures_in_row = 0`.execute(db)
}
