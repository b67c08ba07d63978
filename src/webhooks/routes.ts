/** The API of webhooks. */
import { type Route, serve } from '../http/serve.ts'
import * as api from './contract.ts'
import { changeWebhook, createWebhook, postsPage, presentPost, presentWebhook, queueTest, removeWebhook, webhooksPage } from './webhooks.ts'

export const webhookRoutes: Route[] = [
  serve(api.listWebhooks, async ({ db, query, now }) => await webhooksPage(db, query, now) as never),
  serve(api.getWebhook, ({ db, params }) => presentWebhook(db, params.id)),
  serve(api.createWebhook, async (call) => presentWebhook(call.db, await call.db.transaction().execute((tx) => createWebhook(tx, call.body, call)))),
  serve(api.changeWebhook, async (call) => {
    await call.db.transaction().execute((tx) => changeWebhook(tx, call.params.id, call.body, call))
    return presentWebhook(call.db, call.params.id)
  }),
  serve(api.removeWebhook, (call) => call.db.transaction().execute((tx) => removeWebhook(tx, call.params.id, call))),
  serve(api.testWebhook, async (call) => {
    const id = await call.db.transaction().execute((tx) => queueTest(tx, call.params.id, call))
    return presentPost(call.db, call.params.id, id)
  }),
  serve(api.listWebhookDeliveries, async ({ db, params, query, now }) => await postsPage(db, params.id, query, now) as never),
]
