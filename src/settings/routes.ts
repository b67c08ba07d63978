/** The settings API. What else must happen when the account changes is told by app.ts: settings know no mass emails. */
import { type Call, type Route, serve, serveRaw } from '../http/serve.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { AppError } from '../platform/errors.ts'
import { applyGeneral, applyOutboundEmails, type OnOutboundChange } from './change.ts'
import * as api from './contract.ts'
import { changesPage, takeBackOf } from './history.ts'
import { keepImage, readImage } from './images.ts'
import { presentOutboundEmails, readGeneral, readOutboundEmails } from './settings.ts'

export const settingsRoutes = (onOutboundChange: OnOutboundChange): Route[] => [
  serve(api.getOutboundEmails, async ({ db }) => presentOutboundEmails(await readOutboundEmails(db))),
  serve(api.changeOutboundEmails, async (call) => (await call.db.transaction().execute((tx) => applyOutboundEmails(tx, call.body, call, onOutboundChange))).settings),
  serve(api.getGeneral, ({ db }) => readGeneral(db)),
  serve(api.changeGeneral, async (call) => (await call.db.transaction().execute((tx) => applyGeneral(tx, call.body, call))).settings),
  serve(api.uploadImage, async ({ db, actor, body, now }) => ({ id: await keepImage(db, body.content, { userId: actor.userId, now }) })),
  serve(api.getBrand, async ({ db }) => {
    const { companyName, logo } = await readGeneral(db)
    return { companyName, logo }
  }),
  serveRaw('GET', '/i/:id', { allow: 'public', summary: 'The logo' }, async (request, reply, { db }) => {
    const image = await readImage(db, (request.params as { id: string }).id)
    if (!image) throw new AppError('notFound', 'imageNotFound', 'There is no such picture.')
    // Its address is the hash of what is in it.
    return reply.headers({ 'content-type': image.contentType, 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'", 'cross-origin-resource-policy': 'cross-origin' }).send(image.content)
  }),
  serve(api.listSettingChanges, async ({ db, query, now }) => changesPage(db, query, { now, timeZone: (await readGeneral(db)).timeZone }) as never),
  serve(api.takeBackSettingChange, (call) => takeBack(call, call.params.id, onOutboundChange)),
]

/** A value that was right once may not be any more: it is checked as if somebody had typed it. */
async function takeBack(call: Call<Endpoint>, id: string, onOutboundChange: OnOutboundChange) {
  const { group, fields, body } = await takeBackOf(call.db, id)
  return call.db.transaction().execute(async (tx) => {
    const by = { ...call, how: 'takenBack' as const, expectVersion: undefined }
    if (group === 'general') {
      await applyGeneral(tx, api.changeGeneral.body.parse(body), by)
      return { group, fields }
    }
    const { settings: { pausedMassEmailIds } } = await applyOutboundEmails(tx, api.changeOutboundEmails.body.parse(body), by, onOutboundChange)
    return { group, fields, ...(pausedMassEmailIds && { pausedMassEmailIds }) }
  })
}
