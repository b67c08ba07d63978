/** The scheduled jobs API. */
import { audit } from '../access/audit.ts'
import { type Route, serve } from '../http/serve.ts'
import { readGeneral } from '../settings/settings.ts'
import { changeJob } from './change-job.ts'
import * as api from './contract.ts'
import { runJobNow } from './jobs.ts'
import { jobsPage, presentJob, runsPage } from './lists.ts'
import { previewOf } from './schedule.ts'

export const routes: Route[] = [
  serve(api.listScheduledJobs, async ({ db, query, now }) => jobsPage(db, query, now, (await readGeneral(db)).timeZone)),
  serve(api.previewSchedule, async ({ db, query, now }) => previewOf(query.schedule, now, (await readGeneral(db)).timeZone)),
  serve(api.getScheduledJob, async ({ db, params, now }) => presentJob(db, params.name, now, (await readGeneral(db)).timeZone)),
  serve(api.changeScheduledJob, async ({ db, actor, params, body, now, expectVersion }) => {
    await db.transaction().execute((tx) => changeJob(tx, actor, params.name, body, now, expectVersion))
    return presentJob(db, params.name, now, (await readGeneral(db)).timeZone)
  }),
  serve(api.runScheduledJob, async ({ db, actor, params }) => {
    const task = await runJobNow(db, params.name, actor.userId)
    await audit(db, actor, 'scheduledJobRun', { type: 'ScheduledJob', id: params.name, name: task.title })
    return { task }
  }),
  serve(api.listJobRuns, async ({ db, params, query, now }) => runsPage(db, params.name, query, now, (await readGeneral(db)).timeZone)),
]
