/** The Sandbox's inbox API. */
import { audit } from '../access/audit.ts'
import { type Route, serve, serveRaw } from '../http/serve.ts'
import { listPage } from '../listing/list.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { emptySandbox, readMessage, readRaw, sandboxMessages } from './messages.ts'

export const routes: Route[] = [
  serve(api.listSandboxMessages, async ({ db, query, now }) => {
    const page = await listPage(db, sandboxMessages, query, { now, timeZone: (await readGeneral(db)).timeZone })
    return { ...page, items: page.items as api.SandboxMessageRow[] }
  }),
  serve(api.getSandboxMessage, ({ db, params }) => readMessage(db, params.id)),
  serve(api.emptySandbox, async ({ db, actor }) => {
    await emptySandbox(db)
    await audit(db, actor, 'sandboxEmptied', { type: 'Sandbox' })
  }),
  serveRaw('GET', '/api/v1/sandbox/messages/:id/raw', { allow: 'administrator', summary: 'A captured mail byte for byte (message/rfc822)' },
    async (request, reply, { db }) => {
      const raw = await readRaw(db, (request.params as { id: string }).id)
      return reply.type('message/rfc822').header('content-disposition', 'attachment; filename="message.eml"').send(raw)
    }),
]
