/** The API of saved views and chosen columns. */
import { type Call, type Route, serve } from '../http/serve.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { listContext } from '../records/records.ts'
import * as api from './contract.ts'
import { readListColumns, setListColumns } from './list-columns.ts'
import { changeSavedView, createSavedView, readSavedView, removeSavedView, savedViewsPage } from './saved-views.ts'

export const routes: Route[] = [
  serve(api.listSavedViews, async ({ db, actor, query, now }) => savedViewsPage(db, actor, query, await listContext(db, now))),
  serve(api.createSavedView, (call) => thenRead(call, async (tx) => createSavedView(tx, call.actor, call.body, await contextOf(call)))),
  serve(api.getSavedView, async (call) => readSavedView(call.db, call.actor, call.params.id, await contextOf(call))),
  serve(api.changeSavedView, (call) => thenRead(call, async (tx) => {
    await changeSavedView(tx, call.actor, call.params.id, call.body, await contextOf(call), call.expectVersion)
    return call.params.id
  })),
  serve(api.removeSavedView, ({ db, actor, params }) => db.transaction().execute((tx) => removeSavedView(tx, actor, params.id))),

  serve(api.getListColumns, async ({ db, actor, params }) => ({ columns: await readListColumns(db, actor, params.entityType) })),
  serve(api.setListColumns, async ({ db, actor, params, body }) => {
    await setListColumns(db, actor, params.entityType, body.columns)
    return { columns: await readListColumns(db, actor, params.entityType) }
  }),
]

const contextOf = ({ db, now }: { db: Db; now: Date }) => listContext(db, now)

/** Does the work in a transaction, then answers the view as GET does. */
async function thenRead(call: Pick<Call<Endpoint>, 'db' | 'now' | 'actor'>, work: (tx: Tx) => Promise<string>): Promise<api.SavedView> {
  const id = await call.db.transaction().execute(work)
  return readSavedView(call.db, call.actor, id, await contextOf(call))
}
