/** The API of sending: each line ties an endpoint to the function that does it. */
import { readMassEmail } from '../campaign/mass-email-pages.ts'
import type { MassEmail } from '../campaign/contract.ts'
import { type Route, serve } from '../http/serve.ts'
import type { Db } from '../platform/db.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { cancel, pause, resume, retryFailed, sendToNew } from './control.ts'
import { deliveriesPage } from './deliveries.ts'
import { useNewVersion } from './new-version.ts'
import { readProgress } from './progress.ts'
import { sendTest } from './send-test.ts'
import { readStoredMail } from './stored-mail.ts'
import { settleUncertain } from './uncertain.ts'

export const routes: Route[] = [
  serve(api.pauseMassEmail, async (call) => { await pause(call.db, call.params.id, call); return massEmail(call) }),
  serve(api.resumeMassEmail, async (call) => { await resume(call.db, call.params.id, call); return massEmail(call) }),
  serve(api.cancelMassEmail, async (call) => { await cancel(call.db, call.params.id, call); return massEmail(call) }),
  serve(api.retryFailed, async (call) => {
    const requeued = await retryFailed(call.db, call.params.id, call)
    return { ...(await massEmail(call)), requeued }
  }),
  serve(api.sendToNew, async (call) => {
    const added = await sendToNew(call.db, call.params.id, call)
    return { ...(await massEmail(call)), added }
  }),
  serve(api.takeNewVersion, async (call) => {
    const deliveries = await useNewVersion(call.db, call.params.id, call)
    return { ...(await massEmail(call)), deliveries }
  }),
  serve(api.settleUncertain, async (call) => {
    const deliveries = await settleUncertain(call.db, call.params.id, call.body, call)
    return { ...(await massEmail(call)), deliveries }
  }),
  serve(api.getDeliveryMessage, ({ db, params }) => readStoredMail(db, params.id, params.deliveryId)),
  serve(api.listDeliveries, async ({ db, params, query, now }) =>
    await deliveriesPage(db, params.id, query, { now, timeZone: (await readGeneral(db)).timeZone }) as never),
  serve(api.getProgress, ({ db, clock, params, now }) => readProgress(db, clock, params.id, now)),
  serve(api.sendTest, async (call) => ({ results: await sendTest(call, call.params.id, call.body) })),
]

/** As GET /mass-emails/ID answers it. */
const massEmail = async ({ db, params, now }: { db: Db; params: { id: string }; now: Date }) =>
  await readMassEmail(db, params.id, { now, timeZone: (await readGeneral(db)).timeZone }) as MassEmail
