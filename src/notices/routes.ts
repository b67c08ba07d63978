/** The notices API. */
import { type Route, serve } from '../http/serve.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { markAllRead, markRead } from './notices.ts'
import { noticesPage, presentNotice } from './pages.ts'

export const routes: Route[] = [
  serve(api.listNotices, async ({ db, actor, query, now }) => noticesPage(db, actor.userId, query, { now, timeZone: (await readGeneral(db)).timeZone })),
  serve(api.readNotice, async ({ db, actor, params, now }) => {
    await markRead(db, actor.userId, params.id, now)
    return presentNotice(db, actor.userId, params.id)
  }),
  serve(api.readAllNotices, async ({ db, actor, now }) => ({ read: await markAllRead(db, actor.userId, now) })),
]
