/** The API of reports by mail: each line ties an endpoint to the function that does it. */
import { type Route, serve } from '../http/serve.ts'
import { AppError } from '../platform/errors.ts'
import { listContext } from '../records/records.ts'
import * as api from './contract.ts'
import { recipient } from './recipient.ts'
import { reportLetter } from './report-letter.ts'
import { readSchedule, schedulesPage } from './schedule-list.ts'
import { changeSchedule, createSchedule, leaveSchedule, removeSchedule } from './schedules.ts'
import { queueLetter } from './send-scheduled.ts'

export const reportMailRoutes: Route[] = [
  serve(api.listReportSchedules, async ({ db, actor, query, now }) => schedulesPage(db, actor, query, await listContext(db, now))),
  serve(api.createReportSchedule, async ({ db, actor, body, now }) => {
    const id = await db.transaction().execute((tx) => createSchedule(tx, actor, body, now))
    return readSchedule(db, actor, id, await listContext(db, now))
  }),
  serve(api.getReportSchedule, async ({ db, actor, params, now }) => readSchedule(db, actor, params.id, await listContext(db, now))),
  serve(api.changeReportSchedule, async ({ db, actor, params, body, now, expectVersion }) => {
    await db.transaction().execute((tx) => changeSchedule(tx, actor, params.id, body, now, expectVersion))
    return readSchedule(db, actor, params.id, await listContext(db, now))
  }),
  serve(api.removeReportSchedule, ({ db, actor, params, now }) => db.transaction().execute((tx) => removeSchedule(tx, actor, params.id, now))),
  serve(api.leaveReportSchedule, ({ db, actor, params, now }) => db.transaction().execute((tx) => leaveSchedule(tx, actor, params.id, now))),
  serve(api.sendReportToMe, async ({ db, actor, params, now }) => {
    const context = await listContext(db, now)
    const schedule = await readSchedule(db, actor, params.id, context)
    const me = await recipient(db, actor.userId)
    if (!me?.emailAddress) throw new AppError('conflict', 'noEmailAddress', 'You have no email address. Add one to your user first.')
    const letter = await reportLetter(db, actor, schedule, context)
    await db.transaction().execute((tx) => queueLetter(tx, { ...me, actor }, letter, now))
    return { to: me.emailAddress }
  }),
]
