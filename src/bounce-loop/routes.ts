/** The bounce loop over HTTP. */
import { type Route, serve } from '../http/serve.ts'
import * as api from './contract.ts'
import { readBounceLoop, startBounceLoop } from './loops.ts'

export const bounceLoopRoutes: Route[] = [
  serve(api.getBounceLoop, (call) => readBounceLoop(call, call.now)),
  serve(api.startBounceLoop, async (call) => {
    await call.db.transaction().execute((tx) => startBounceLoop(tx, call.body.address, call))
    return readBounceLoop(call, call.now)
  }),
]
