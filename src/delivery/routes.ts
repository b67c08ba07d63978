/** The API of sending: each line ties an endpoint to the function that does it. */
import type { Actor } from '../access/actor.ts'
import { expectMassEmail, expectMayMail } from '../campaign/campaign-rights.ts'
import { readMassEmail } from '../campaign/mass-email-pages.ts'
import { rememberingRefusal } from '../campaign/refusal.ts'
import type { MassEmail } from '../campaign/contract.ts'
import { type Route, serve } from '../http/serve.ts'
import { sumSafetySince } from '../log/figures.ts'
import type { Db } from '../platform/db.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { cancel, pause, resume, retryFailed, sendToNew } from './control.ts'
import { deliveriesPage } from './deliveries.ts'
import { useNewVersion } from './new-version.ts'
import { portionInUse, readProgress } from './progress.ts'
import { sendTest } from './send-test.ts'
import { readStoredMail } from './stored-mail.ts'
import { safeDays, safeLines } from './safety.ts'
import { settleUncertain } from './uncertain.ts'

export const routes: Route[] = [
  serve(api.pauseMassEmail, async (call) => { await mayEdit(call); await pause(call.db, call.params.id, call); return massEmail(call) }),
  serve(api.resumeMassEmail, async (call) => { await mayMail(call); await rememberingRefusal(call.db, call.params.id, () => resume(call.db, call.params.id, call)); return massEmail(call) }),
  serve(api.cancelMassEmail, async (call) => { await mayEdit(call); await cancel(call.db, call.params.id, call); return massEmail(call) }),
  serve(api.retryFailed, async (call) => {
    await mayMail(call)
    const requeued = await retryFailed(call.db, call.params.id, call)
    return { ...(await massEmail(call)), requeued }
  }),
  serve(api.sendToNew, async (call) => {
    await mayMail(call)
    const added = await sendToNew(call.db, call.params.id, call)
    return { ...(await massEmail(call)), added }
  }),
  serve(api.takeNewVersion, async (call) => {
    await mayMail(call)
    const deliveries = await useNewVersion(call.db, call.params.id, call)
    return { ...(await massEmail(call)), deliveries }
  }),
  serve(api.settleUncertain, async (call) => {
    await (call.body.action === 'sendAgain' ? mayMail(call) : mayEdit(call))
    const deliveries = await settleUncertain(call.db, call.params.id, call.body, call)
    return { ...(await massEmail(call)), deliveries }
  }),
  serve(api.getDeliveryMessage, async (call) => {
    await mayRead(call)
    return readStoredMail(call.db, call.params.id, call.params.deliveryId)
  }),
  serve(api.listDeliveries, async ({ db, actor, params, query, now }) =>
    await deliveriesPage(db, actor, params.id, query, { now, timeZone: (await readGeneral(db)).timeZone }) as never),
  serve(api.getProgress, async (call) => {
    await mayRead(call)
    return readProgress(call.db, call.clock, call.params.id, call.now)
  }),
  serve(api.getPortion, ({ db, clock, now }) => portionInUse(db, clock, now)),
  serve(api.getSafeLines, async ({ db, actor, now }) => ({
    ...safeLines, ...await sumSafetySince(db, actor, new Date(now.getTime() - safeDays * 24 * 3_600_000)),
  })),
  serve(api.sendTest, async (call) => {
    await mayEdit(call)
    return { results: await sendTest(call, call.params.id, call.body) }
  }),
]

type Of = { db: Db; actor: Actor; params: { id: string } }
const mayRead = ({ db, actor, params }: Of) => expectMassEmail(db, actor, params.id, 'read')
/** A brake is for everybody who may change the campaign. */
const mayEdit = ({ db, actor, params }: Of) => expectMassEmail(db, actor, params.id, 'edit')
/** What makes mail go out needs the permission to send. */
const mayMail = ({ db, actor, params }: Of) => expectMayMail(db, actor, params.id)

/** As GET /mass-emails/ID answers it. */
const massEmail = async ({ db, params, now }: { db: Db; params: { id: string }; now: Date }) =>
  await readMassEmail(db, params.id, { now, timeZone: (await readGeneral(db)).timeZone }) as MassEmail
