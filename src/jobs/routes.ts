/** The scheduled jobs API. */
import { sql } from 'kysely'
import { audit } from '../access/audit.ts'
import { type Route, serve } from '../http/serve.ts'
import { notFound } from '../platform/errors.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { runJobNow } from './jobs.ts'
import { jobsPage, presentJob, runsPage } from './lists.ts'
import { previewOf } from './schedule.ts'

export const routes: Route[] = [
  serve(api.listScheduledJobs, async ({ db, query, now }) => jobsPage(db, query, now, (await readGeneral(db)).timeZone)),
  serve(api.previewSchedule, async ({ db, query, now }) => previewOf(query.schedule, now, (await readGeneral(db)).timeZone)),
  serve(api.getScheduledJob, async ({ db, params, now }) => presentJob(db, params.name, now, (await readGeneral(db)).timeZone)),
  serve(api.changeScheduledJob, async ({ db, actor, params, body, now, expectVersion }) => {
    await db.transaction().execute(async (tx) => {
      const row = await tx.selectFrom('scheduledJob').select(['version', 'schedule', 'status']).where('name', '=', params.name).forUpdate().executeTakeFirst()
      if (!row) throw notFound('scheduled job', params.name)
      const { version, ...from } = row
      expectVersion(version)
      // A new schedule counts from now: what the old one missed is not made up for.
      await tx.updateTable('scheduledJob').set({ ...body, checkedUntil: now, version: sql`version + 1` }).where('name', '=', params.name).execute()
      await audit(tx, actor, 'scheduledJobChanged', { type: 'ScheduledJob', id: params.name, detail: { from, to: body } })
    })
    return presentJob(db, params.name, now, (await readGeneral(db)).timeZone)
  }),
  serve(api.runScheduledJob, async ({ db, actor, params }) => {
    const task = await runJobNow(db, params.name, actor.userId)
    await audit(db, actor, 'scheduledJobRun', { type: 'ScheduledJob', id: params.name })
    return { task }
  }),
  serve(api.listJobRuns, async ({ db, params, query, now }) => runsPage(db, params.name, query, now, (await readGeneral(db)).timeZone)),
]
