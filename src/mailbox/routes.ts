/** The group email accounts API. */
import { type Route, serve } from '../http/serve.ts'
import { mailAccountsPage, presentMailAccount } from './account-list.ts'
import { changeMailAccount, createMailAccount, readMailAccount, removeMailAccount } from './accounts.ts'
import { classifyByHand, markInvalidByHand } from './by-hand.ts'
import * as api from './contract.ts'
import { expectMayReadMessage, messagesPage, presentMessage, readRawMessage } from './messages.ts'
import { readGeneral } from '../settings/settings.ts'
import { testImapSide, testSmtpSide } from './test-account.ts'

export const routes: Route[] = [
  serve(api.listGroupEmailAccounts, async ({ db, query, now }) => await mailAccountsPage(db, query, now) as never),
  serve(api.getGroupEmailAccount, ({ db, params, now }) => presentMailAccount(db, params.id, now)),
  serve(api.createGroupEmailAccount, async (call) => {
    const id = await call.db.transaction().execute((tx) => createMailAccount(tx, call.body, call))
    return presentMailAccount(call.db, id, call.now)
  }),
  serve(api.changeGroupEmailAccount, async (call) => {
    await call.db.transaction().execute((tx) => changeMailAccount(tx, call.params.id, call.body, call))
    return presentMailAccount(call.db, call.params.id, call.now)
  }),
  serve(api.removeGroupEmailAccount, (call) => call.db.transaction().execute((tx) => removeMailAccount(tx, call.params.id, call))),
  serve(api.listMailboxMessages, async ({ db, query, now }) => await messagesPage(db, query, { now, timeZone: (await readGeneral(db)).timeZone }) as never),
  serve(api.getMailboxMessage, async ({ db, actor, params, now }) => {
    await expectMayReadMessage(db, actor, params.id)
    const raw = await readRawMessage(db, params.id)
    return { ...await presentMessage(db, params.id, now), raw: raw.toString('utf8') }
  }),
  serve(api.markInvalid, async (call) => ({ marked: await call.db.transaction().execute((tx) => markInvalidByHand(tx, call.body, call)) })),
  serve(api.classifyMailboxMessage, async (call) => {
    await call.db.transaction().execute((tx) => classifyByHand(tx, call.params.id, call.body.as, call))
    return presentMessage(call.db, call.params.id, call.now)
  }),
  serve(api.testImap, async (call) => testImapSide(call, await readMailAccount(call.db, call.params.id), call.now)),
  serve(api.testSmtp, async (call) => testSmtpSide(call, await readMailAccount(call.db, call.params.id), call.body.to, call.now)),
]
