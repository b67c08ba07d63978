/** Another schedule for a job, or another status. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'

type Change = { schedule?: string | undefined; status?: 'active' | 'inactive' | undefined }

/** `expectVersion` is called with the stored version while the row is locked. */
export async function changeJob(tx: Tx, actor: Actor, name: string, change: Change, now: Date, expectVersion: (version: number) => void = () => {}): Promise<void> {
  const row = await tx.selectFrom('scheduledJob').select(['version', 'title', 'schedule', 'status']).where('name', '=', name).forUpdate().executeTakeFirst()
  if (!row) throw notFound('scheduled job', name)
  const { version, title, ...from } = row
  expectVersion(version)
  // A new schedule counts from now: what the old one missed is not made up for.
  await tx.updateTable('scheduledJob').set({ ...change, checkedUntil: now, version: sql`version + 1` }).where('name', '=', name).execute()
  await audit(tx, actor, 'scheduledJobChanged', { type: 'ScheduledJob', id: name, name: title, detail: { from, to: change } })
}
