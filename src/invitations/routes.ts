/** Ways in by mail: forgotten passwords for everybody, invitations for whoever manages users. */
import { welcome } from '../access/routes.ts'
import type { PasswordRule } from '../access/sign-in.ts'
import { type Route, serve } from '../http/serve.ts'
import { defaultAccount } from '../outbound/accounts.ts'
import type { Db } from '../platform/db.ts'
import { definitionOf } from '../records/entity-types.ts'
import { deleteRecord } from '../records/records.ts'
import * as api from './contract.ts'
import { invitationsPage, presentInvitation, presentInvitations } from './invitation-list.ts'
import { acceptInvitation, invite, inviteUser, lookAtInvitation, type Sent, withdrawInvitation } from './invitations.ts'
import { askForReset, lookAtReset, resetPassword } from './password-reset.ts'

export const invitationRoutes = (passwordsForAdministratorsOnly: PasswordRule): Route[] => [
  serve(api.askForReset, ({ db, body, visit, now }) => askForReset(db, { ...body, ip: visit.ip }, now)),
  serve(api.lookAtReset, ({ db, body, visit, now }) => lookAtReset(db, { ...body, ip: visit.ip }, now)),
  serve(api.resetPassword, ({ db, body: { token, newPassword }, visit, now }) => resetPassword(db, { token, password: newPassword, ip: visit.ip }, now)),

  serve(api.listInvitations, ({ db, query, now }) => invitationsPage(db, query, now)),
  serve(api.invite, async ({ db, secrets, actor, body, now }) => {
    const sent = await db.transaction().execute((tx) => invite(tx, body, { secrets, actor, now, passwordsForAdministratorsOnly }))
    const items = await presentInvitations(db, sent.map(({ id }) => id))
    const shown = await mailLeaves(db) ? [] : sent
    return { items: items.map((item) => ({ ...item, url: urlIn(shown, item.id) })) }
  }),
  serve(api.inviteUser, async ({ db, secrets, actor, params, now }) => {
    const sent = await db.transaction().execute((tx) => inviteUser(tx, params.id, { secrets, actor, now, passwordsForAdministratorsOnly }))
    return { ...await presentInvitation(db, sent.id), url: await mailLeaves(db) ? null : sent.url }
  }),
  serve(api.withdrawInvitation, async ({ db, actor, params, now }) => {
    const { nobodyMissesHim } = await db.transaction().execute((tx) => withdrawInvitation(tx, params.id, actor))
    if (nobodyMissesHim) await deleteRecord(db, definitionOf('User'), params.id, { actor, now, expectVersion: () => {} })
  }),

  serve(api.lookAtInvitation, ({ db, body, visit, now }) => lookAtInvitation(db, { ...body, ip: visit.ip, passwordsForAdministratorsOnly }, now)),
  serve(api.acceptInvitation, async (call) => {
    const { token, newPassword, firstName, lastName } = call.body
    return welcome(call, await acceptInvitation(call.db, { token, password: newPassword, firstName, lastName, ip: call.visit.ip, passwordsForAdministratorsOnly }, call.now))
  }),
]

/** The Sandbox captures everything: a link that it got reaches nobody. */
const mailLeaves = async (db: Db): Promise<boolean> => (await defaultAccount(db))?.kind === 'system'

const urlIn = (sent: readonly Sent[], id: string): string | null => sent.find((each) => each.id === id)?.url ?? null
