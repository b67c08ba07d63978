/** The API of the bin. */
import { type Route, serve } from '../http/serve.ts'
import { listContext } from '../records/records.ts'
import * as api from './contract.ts'
import { actionsPage, binPage } from './pages.ts'
import { restoreRecord, startUndo } from './undo.ts'

export const undoRoutes: Route[] = [
  serve(api.listBin, async ({ db, actor, query, now }) => withIds(await binPage(db, actor, query, await listContext(db, now)))),
  serve(api.listActions, async ({ db, actor, query, now }) => withIds(await actionsPage(db, actor, query, await listContext(db, now)))),
  serve(api.restoreRecord, (call) => restoreRecord(call.db, call.params.id, call)),
  serve(api.undoAction, (call) => startUndo(call.db, call.params.id, call)),
]

const withIds = <Page extends { items: Record<string, unknown>[] }>(page: Page) => ({ ...page, items: page.items as { id: string }[] })
