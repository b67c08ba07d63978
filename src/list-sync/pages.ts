/** How a list is kept in step, as shown. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import type { ReportSync, SyncRun } from './contract.ts'
import { isExcluding } from './excluding.ts'
import { readSync } from './report-syncs.ts'
import { lastRunOf } from './runs.ts'
import { adviceFor } from './sync.ts'

export async function presentSync(db: Db, actor: Actor, targetListId: string): Promise<ReportSync> {
  const [sync, lastRun, excluding] = await Promise.all([readSync(db, targetListId), lastRunOf(db, actor, targetListId), isExcluding(db, targetListId)])
  if (!sync) return { active: false, mode: 'mirror', strict: false, reportIds: [], reports: [], runAs: null, changedAt: null, excluding, problem: null, lastRun }
  const { active, mode, strict, reportIds, changedAt } = sync
  return {
    active, mode, strict, reportIds, reports: await namesOf(db, actor, reportIds), runAs: await personOf(db, sync.runAs), changedAt: changedAt.toISOString(), excluding,
    // What went wrong before it was changed is not said of what it is now.
    problem: active && lastRun && new Date(lastRun.at) >= changedAt ? problemOf(lastRun) : null, lastRun,
  }
}

const problemOf = ({ outcome, error }: SyncRun) => (outcome === 'done' ? null : { outcome, message: error ?? '', advice: adviceFor[outcome] })

async function namesOf(db: Db, actor: Actor, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; name: string }>`select r.id, r.name from report r where r.id = any(${ids}::uuid[]) and ${allowed(actor, 'Report', 'read')}`.execute(db)
  return ids.map((id) => ({ id, name: rows.find((row) => row.id === id)?.name ?? null }))
}

async function personOf(db: Db, id: string | null) {
  const person = id === null ? undefined : await db.selectFrom('user').select(['id', 'name', 'isActive']).where('id', '=', id).executeTakeFirst()
  return person ? { ...person, name: person.name ?? '' } : null
}
