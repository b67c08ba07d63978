/** The layouts API. */
import { type Route, serve } from '../http/serve.ts'
import * as api from './contract.ts'
import { changeLayout, listLayouts, readLayout, resetLayout } from './layouts.ts'

export const routes: Route[] = [
  serve(api.listLayouts, async ({ db, params }) => {
    const items = await listLayouts(db, params.entityType)
    return { items, next: null, total: items.length, totalIsEstimate: false }
  }),
  serve(api.readLayout, ({ db, params }) => readLayout(db, params)),
  serve(api.changeLayout, async (call) => {
    await call.db.transaction().execute((tx) => changeLayout(tx, call.params, call.body, call))
    return readLayout(call.db, call.params)
  }),
  serve(api.resetLayout, (call) => call.db.transaction().execute((tx) => resetLayout(tx, call.params, call))),
]
