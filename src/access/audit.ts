/** The audit log: who changed what, when, from where. Rows are added, never changed; old ones go where the settings say so. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { inBatches } from '../platform/in-batches.ts'
import type { Actor } from './actor.ts'
import type { AuditAction } from './audit-words.ts'
import { keptIp } from './kept-ip.ts'

/**
 * `action` has its words in audit-words.ts; `detail` holds no secrets and no addresses that are not about.name.
 * `once` is the id of the task that did it: a task whose end is run again after a crash is told once.
 */
export async function audit(db: Db, actor: Actor, action: AuditAction, about: { type: string; id?: string; name?: string; detail?: object; once?: string }): Promise<void> {
  await db.insertInto('auditEntry').values({
    id: about.once ?? newId(), userId: actor.userId || null, userName: actor.userName, ip: await keptIp(db, actor.ip), action,
    aboutType: about.type, aboutId: about.id ?? null, aboutName: about.name ?? null, detail: JSON.stringify(about.detail ?? {}),
  }).onConflict((conflict) => conflict.column('id').doNothing()).execute()
}

/** Clean Up. */
export const forgetOldAudit = (db: Db, keptSince: Date): Promise<number> => inBatches((limit) => sql`
  delete from audit_entry where id in (select id from audit_entry where at < ${keptSince} limit ${limit})`.execute(db))
