/** The outbound accounts API. */
import { type Route, serve } from '../http/serve.ts'
import { invalid } from '../platform/errors.ts'
import { publicUrlOf, readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { accountsPage, presentAccount } from './account-list.ts'
import { testAccount } from './account-test.ts'
import { ehloNameFor, readAccount, smtpTarget } from './accounts.ts'
import { closeCircuit } from './breaker.ts'
import * as api from './contract.ts'

export const routes: Route[] = [
  serve(api.listOutboundAccounts, async ({ db, query, now }) => await accountsPage(db, query, now, (await readGeneral(db)).timeZone) as never),
  serve(api.getOutboundAccount, ({ db, params, now }) => presentAccount(db, params.id, now)),
  serve(api.testOutboundAccount, async (call) => {
    const { db, params, body, now } = call
    const account = await readAccount(db, params.id)
    const [general, settings] = [await readGeneral(db), await readOutboundEmails(db)]
    const from = account.fromAddress || settings.fromAddress
    if (body.to && !from && account.kind !== 'sandbox') throw invalid([{ path: 'to', message: 'Set a from address first: a mail needs one.' }])
    const target = smtpTarget(call, account, ehloNameFor(publicUrlOf(general)))
    const { kind, stage, reply } = await testAccount(target, body.to ? { from: from || 'sandbox@localhost.localdomain', to: body.to, date: now } : null)
    if (kind === 'sent') await closeCircuit(db, account.id)
    return { ok: kind === 'sent', stage, reply }
  }),
]
