/** The API of keeping in step: each line ties an endpoint to the function that does it. */
import { targetListNamed } from '../audience/target-lists.ts'
import { type Route, serve } from '../http/serve.ts'
import { listContext } from '../records/records.ts'
import * as api from './contract.ts'
import { runByHand } from './job.ts'
import { presentSync } from './pages.ts'
import { removeReportSync, setReportSync } from './report-syncs.ts'
import { runsPage } from './runs.ts'

export const listSyncRoutes: Route[] = [
  serve(api.getReportSync, async ({ db, actor, params }) => {
    const { id } = await targetListNamed(db, actor, params.id)
    return presentSync(db, actor, id)
  }),
  serve(api.setReportSync, async (call) => {
    const context = await listContext(call.db, call.now)
    await call.db.transaction().execute((tx) => setReportSync(tx, call.actor, call.params.id, call.body, context))
    return presentSync(call.db, call.actor, call.params.id)
  }),
  serve(api.removeReportSync, ({ db, actor, params, now }) => db.transaction().execute((tx) => removeReportSync(tx, actor, params.id, now))),
  serve(api.runReportSync, ({ db, actor, params, body, now }) => runByHand(db, actor, params.id, body, now)),
  serve(api.listSyncRuns, async (call) => {
    const { id } = await targetListNamed(call.db, call.actor, call.params.id)
    return runsPage(call.db, call.actor, id, call.query, await listContext(call.db, call.now))
  }),
]
