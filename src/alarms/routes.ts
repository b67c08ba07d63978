/** The API of alarms. */
import { audit } from '../access/audit.ts'
import { type Route, serve } from '../http/serve.ts'
import { AppError } from '../platform/errors.ts'
import { readGeneral } from '../settings/settings.ts'
import { queueWebhookEvent } from '../webhooks/queue.ts'
import * as api from './contract.ts'
import { changeAlarmSettings, presentAlarms, readAlarmSettings } from './settings.ts'
import { mailAlarm } from './tell.ts'

export const alarmRoutes: Route[] = [
  serve(api.getAlarms, ({ db }) => presentAlarms(db)),
  serve(api.changeAlarms, async (call) => {
    await call.db.transaction().execute((tx) => changeAlarmSettings(tx, call.body, call))
    return presentAlarms(call.db)
  }),
  serve(api.testAlarms, ({ db, actor, now }) => db.transaction().execute(async (tx) => {
    const { emailAddresses } = await readAlarmSettings(tx)
    const { siteUrl } = await readGeneral(tx)
    const text = 'This is a test. An alarm would say here what is wrong, since when, and what to do.'
    await mailAlarm(tx, emailAddresses, { title: 'Test alarm', parts: [{ kind: 'text', text }, { kind: 'link', text: 'Open Delivery Health', url: `${siteUrl}/administration/delivery-health` }] }, now)
    const webhooks = await queueWebhookEvent(tx, 'healthAlarm', { text: `Test alarm. ${text}`, data: { test: true } }, now)
    if (emailAddresses.length + webhooks === 0) throw new AppError('conflict', 'nobodyToAlarm', 'Nobody would hear of it: there is no address, and no webhook that is on and wants alarms.')
    await audit(tx, actor, 'alarmsTested', { type: 'Alarms', detail: { mails: emailAddresses.length, webhooks } })
    return { mails: emailAddresses.length, webhooks }
  })),
]
