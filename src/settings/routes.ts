/** The settings API. What else must happen when the account changes is told by app.ts: settings know no mass emails. */
import type { Tx } from '../platform/db.ts'
import { audit } from '../access/audit.ts'
import { type Route, serve } from '../http/serve.ts'
import * as api from './contract.ts'
import { changeGeneral, changeOutboundEmails, presentOutboundEmails, readGeneral, readOutboundEmails, type OutboundEmailSettings } from './settings.ts'

/** Called in the transaction of the change. Answers the mass emails that were paused because of it. */
export type OnOutboundChange = (tx: Tx, before: OutboundEmailSettings, after: OutboundEmailSettings, now: Date) => Promise<{ pausedMassEmailIds: string[] }>

export const settingsRoutes = (onOutboundChange: OnOutboundChange): Route[] => [
  serve(api.getOutboundEmails, async ({ db }) => presentOutboundEmails(await readOutboundEmails(db))),
  serve(api.changeOutboundEmails, ({ db, secrets, actor, body, now, expectVersion }) => db.transaction().execute(async (tx) => {
    const { before, after } = await changeOutboundEmails(tx, secrets, body, actor.userId, expectVersion)
    const { pausedMassEmailIds } = await onOutboundChange(tx, before, after, now)
    await audit(tx, actor, 'settingsChanged', { type: 'OutboundEmails', detail: { fields: Object.keys(body) } })
    const switched = !before.systemSmtp.host && after.systemSmtp.host
    return { ...presentOutboundEmails(after), ...(switched && { pausedMassEmailIds }) }
  })),
  serve(api.getGeneral, ({ db }) => readGeneral(db)),
  serve(api.changeGeneral, ({ db, actor, body, expectVersion }) => db.transaction().execute(async (tx) => {
    const { after } = await changeGeneral(tx, body, actor.userId, expectVersion)
    await audit(tx, actor, 'settingsChanged', { type: 'General', detail: { fields: Object.keys(body) } })
    return after
  })),
]
