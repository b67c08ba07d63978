/** The outbound accounts API. */
import { type Route, serve } from '../http/serve.ts'
import { invalid } from '../platform/errors.ts'
import type { Ground } from '../platform/ground.ts'
import { openDns } from '../signing/dns.ts'
import { publicUrlOf, readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { accountsPage, presentAccount } from './account-list.ts'
import { testAccount } from './account-test.ts'
import { ehloNameFor, readAccount, smtpTarget } from './accounts.ts'
import { adviceFor } from './advice.ts'
import { closeCircuit } from './breaker.ts'
import { changeAccount } from './change-account.ts'
import * as api from './contract.ts'
import type { Outcome } from './outcome.ts'
import { presets } from './presets.ts'
import { presentIdentities } from './sender-identity-list.ts'
import type { SmtpTarget } from './session.ts'

/** Called after a test mail left: it counts in the hour as every other. Who counts is told by app.ts: accounts know no pace. */
export type OnTestMail = (ground: Pick<Ground, 'db' | 'clock'>, accountId: string) => Promise<void>

export const outboundRoutes = (onTestMail: OnTestMail): Route[] => [
  serve(api.listOutboundAccounts, async ({ db, query, now }) => await accountsPage(db, query, now, (await readGeneral(db)).timeZone) as never),
  serve(api.getOutboundAccount, ({ db, params, now }) => presentAccount(db, params.id, now)),
  serve(api.listPresets, async () => ({ items: presets })),
  serve(api.changeOutboundAccount, async (call) => {
    await call.db.transaction().execute((tx) => changeAccount(tx, call.params.id, call.body, call))
    return presentAccount(call.db, call.params.id, call.now)
  }),
  serve(api.listSenderIdentities, async ({ db, environment, params, now }) => ({ items: await presentIdentities(db, openDns(environment.dns), params.id, now) })),
  serve(api.testOutboundAccount, async (call) => {
    const { db, params, body, now } = call
    const account = await readAccount(db, params.id)
    const [general, settings] = [await readGeneral(db), await readOutboundEmails(db)]
    const from = account.fromAddress || settings.fromAddress
    if (body.to && !from && account.kind !== 'sandbox') throw invalid([{ path: 'to', message: 'Set a from address first: a mail needs one.' }])
    const target = smtpTarget(call, account, ehloNameFor(publicUrlOf(general)))
    const outcome = await testAccount(target, body.to ? { from: from || 'sandbox@localhost.localdomain', to: body.to, date: now } : null)
    if (outcome.stage === 'dot') await onTestMail(call, account.id)
    if (outcome.kind === 'sent') await closeCircuit(db, account.id)
    return resultOf(outcome, target, body.to)
  }),
]

function resultOf(outcome: Outcome, target: SmtpTarget, to: string | undefined) {
  const { kind, stage, reply } = outcome
  if (kind !== 'sent') return { ok: false, stage, reply, ...adviceFor(outcome, target) }
  const message = to ? 'The server took the mail.' : 'The server accepts us.'
  return { ok: true, stage, reply, message, advice: to ? `Look whether it arrives at ${to}, and whether it lands among spam.` : '' }
}
