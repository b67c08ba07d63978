/** The API of the bin. */
import { type Route, serve } from '../http/serve.ts'
import type { Followers } from '../records/follow.ts'
import { listContext } from '../records/records.ts'
import * as api from './contract.ts'
import { actionsPage, binPage } from './pages.ts'
import { restoreRecord, startUndo } from './undo.ts'

/** `followers` come from the application: what moves along with a merged record is not known here. */
export const undoRoutes = (followers: Followers): Route[] => [
  serve(api.listBin, async ({ db, actor, query, now }) => withIds(await binPage(db, actor, query, await listContext(db, now)))),
  serve(api.listActions, async ({ db, actor, query, now }) => withIds(await actionsPage(db, actor, query, await listContext(db, now)))),
  serve(api.restoreRecord, (call) => restoreRecord(call.db, call.params.id, call)),
  serve(api.undoAction, (call) => startUndo(call.db, followers, call.params.id, call)),
]

const withIds = <Page extends { items: Record<string, unknown>[] }>(page: Page) => ({ ...page, items: page.items as { id: string }[] })
