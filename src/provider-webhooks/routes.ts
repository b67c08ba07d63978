/** The API of provider webhooks, and the address that providers post to. */
import { type Route, serve, serveBytes } from '../http/serve.ts'
import { AppError } from '../platform/errors.ts'
import { isAddressOf } from './address.ts'
import * as api from './contract.ts'
import { openProviders } from './providers.ts'
import { type FetchText, fetchText } from './sns.ts'
import { takePost } from './take-post.ts'
import { changeWebhook, createWebhook, findWebhook, presentWebhook, removeWebhook, webhooksPage } from './webhooks.ts'

/** SendGrid tells up to a thousand events at once. */
const bodyBytes = 8 * 1024 * 1024

/** `ask` is how Amazon is asked for its certificates. */
export function providerWebhookRoutes(ask: FetchText = fetchText): Route[] {
  const providers = openProviders(ask)
  return [
    serve(api.listProviderWebhooks, async ({ db, secrets, query, now }) => await webhooksPage(db, secrets, query, now) as never),
    serve(api.getProviderWebhook, ({ db, secrets, params, now }) => presentWebhook(db, secrets, params.id, now)),
    serve(api.createProviderWebhook, async (call) => {
      const id = await call.db.transaction().execute((tx) => createWebhook(tx, call.body, { ...call, providers }))
      return presentWebhook(call.db, call.secrets, id, call.now)
    }),
    serve(api.changeProviderWebhook, async (call) => {
      await call.db.transaction().execute((tx) => changeWebhook(tx, call.params.id, call.body, { ...call, providers }))
      return presentWebhook(call.db, call.secrets, call.params.id, call.now)
    }),
    serve(api.removeProviderWebhook, (call) => call.db.transaction().execute((tx) => removeWebhook(tx, call.params.id, call))),
    serveBytes('/e/:id/:signature', { summary: 'Events of a provider, signed by it', bodyBytes }, async (request, reply, { db, secrets, now }) => {
      const { id, signature } = request.params as { id: string; signature: string }
      const webhook = isAddressOf(secrets, id, signature) ? await findWebhook(db, id) : null
      if (!webhook?.active) throw new AppError('notFound', 'notFound', 'There is nothing at this address.')
      const body = (request.body as Buffer | undefined) ?? Buffer.alloc(0)
      await takePost({ db, secrets }, providers, webhook, { body, headers: request.headers, now })
      return reply.code(204).send()
    }),
  ]
}
