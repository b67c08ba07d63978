/** The slow filters API. */
import { type Route, serve } from '../http/serve.ts'
import * as api from './contract.ts'
import { forgetSlowFilter, makeIndex, removeIndex, slowFilters } from './slow-filters.ts'

export const routes: Route[] = [
  serve(api.listSlowFilters, async ({ db }) => {
    const items = await slowFilters(db)
    return { items, next: null, total: items.length, totalIsEstimate: false }
  }),
  serve(api.makeIndex, async ({ db, params, actor }) => ({ task: await makeIndex(db, params.id, actor) })),
  serve(api.removeIndex, ({ db, params, actor }) => removeIndex(db, params.id, actor)),
  serve(api.forgetSlowFilter, ({ db, params, now }) => forgetSlowFilter(db, params.id, now)),
]
