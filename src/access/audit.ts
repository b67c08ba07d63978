/** The audit log: who changed what, when, from where. Rows are added, never changed. */
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { Actor } from './actor.ts'

/**
 * `action` is a verb in camelCase (`signedIn`, `settingsChanged`); `detail` holds no secrets and no addresses that are not about.name.
 * `once` is the id of the task that did it: a task whose end is run again after a crash is told once.
 */
export async function audit(db: Db, actor: Actor, action: string, about: { type: string; id?: string; name?: string; detail?: object; once?: string }): Promise<void> {
  await db.insertInto('auditEntry').values({
    id: about.once ?? newId(), userId: actor.userId || null, userName: actor.userName, ip: actor.ip, action,
    aboutType: about.type, aboutId: about.id ?? null, aboutName: about.name ?? null, detail: JSON.stringify(about.detail ?? {}),
  }).onConflict((conflict) => conflict.column('id').doNothing()).execute()
}
