/** Scheduled jobs and their runs, as shown. */
import { type Selectable, sql } from 'kysely'
import { listPage } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import type { Tables } from '../platform/tables.ts'
import type { ScheduledJob } from './contract.ts'
import { nextRuns, scheduleInWords } from './schedule.ts'

/** So many are shown as marks beside each job. */
const recentRuns = 12

const runs = (job: string): Listable => ({
  from: sql`scheduled_job_run r`,
  where: sql<boolean>`r.job = ${job}`,
  id: sql`r.id`,
  columns: {
    id: { type: 'link', sql: sql`r.id` },
    byHand: { type: 'boolean', sql: sql`r.by_hand` },
    outcome: { type: 'enum', sql: sql`r.outcome`, options: ['running', 'done', 'failed', 'lost'] },
    startedAt: { type: 'dateTime', sql: sql`r.started_at` },
    endedAt: { type: 'dateTime', sql: sql`r.ended_at` },
    counts: { type: 'text', sql: sql`r.counts::text`, select: sql`r.counts` },
    error: { type: 'text', sql: sql`r.error` },
  },
  search: [sql`coalesce(r.error, '')`],
  defaultSort: '-startedAt',
})

const jobs: Listable = {
  from: sql`scheduled_job j`,
  id: sql`j.name`,
  columns: {
    name: { type: 'text', sql: sql`j.name` },
    title: { type: 'text', sql: sql`j.title` },
    schedule: { type: 'text', sql: sql`j.schedule` },
    status: { type: 'enum', sql: sql`j.status`, options: ['active', 'inactive'] },
    version: { type: 'integer', sql: sql`j.version` },
  },
  search: [sql`j.name`, sql`j.title`],
  defaultSort: 'title',
}

export async function jobsPage(db: Db, query: ListQuery, now: Date, timeZone: string) {
  const page = await listPage(db, jobs, { ...query, fields: 'name' }, { now, timeZone })
  return { ...page, items: await Promise.all(page.items.map(({ name }) => presentJob(db, name as string, now, timeZone))) }
}

export async function runsPage(db: Db, job: string, query: ListQuery, now: Date, timeZone: string) {
  await presentJob(db, job, now, timeZone)
  return listPage(db, runs(job), query, { now, timeZone })
}

export async function presentJob(db: Db, name: string, now: Date, timeZone: string): Promise<ScheduledJob> {
  const job = await db.selectFrom('scheduledJob').selectAll().where('name', '=', name).executeTakeFirst()
  if (!job) throw notFound('scheduled job', name)
  const recent = await db.selectFrom('scheduledJobRun').selectAll().where('job', '=', name).orderBy('startedAt', 'desc').orderBy('id', 'desc').limit(recentRuns).execute()
  return {
    name, title: job.title, schedule: job.schedule, scheduleInWords: scheduleInWords(job.schedule), version: job.version,
    status: job.status as ScheduledJob['status'],
    nextRuns: job.status === 'active' ? nextRuns(job.schedule, now, timeZone).map((run) => run.toISOString()) : [],
    lastRun: recent[0] ? presentRun(recent[0]) : null,
    recentRuns: recent.map(presentRun),
  }
}

const presentRun = ({ id, byHand, outcome, counts, error, startedAt, endedAt }: Selectable<Tables['scheduledJobRun']>): ScheduledJob['recentRuns'][number] => ({
  id, byHand, outcome: outcome as 'done', counts, error, startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null,
})
