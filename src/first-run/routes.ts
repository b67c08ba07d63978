/** The API of the first run. */
import { type Route, serve } from '../http/serve.ts'
import * as api from './contract.ts'
import { changeFirstRun, presentFirstRun } from './first-run.ts'

export const routes: Route[] = [
  serve(api.getFirstRun, (call) => presentFirstRun(call)),
  serve(api.changeFirstRun, async (call) => {
    await call.db.transaction().execute((tx) => changeFirstRun(tx, call.actor, call.body, call.now))
    return presentFirstRun(call)
  }),
]
