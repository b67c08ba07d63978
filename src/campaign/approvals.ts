/** Approval: asked for, given, refused, taken back. What it is of says approval.ts. */
import { sql } from 'kysely'
import { type Actor, needsApproval } from '../access/actor.ts'
import { actorOf, readActor, rolesOfUser } from '../access/actors.ts'
import { audit } from '../access/audit.ts'
import { allowed } from '../access/row-rights.ts'
import { notify } from '../notices/notices.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { type Approval, approvalOf, dropApproval, expectNoApprovalNeeded, fingerprintOf } from './approval.ts'
import { expectMassEmail, expectMayMail, maySend } from './campaign-rights.ts'
import { stepNotAllowed } from './mass-email.ts'
import { expectReady } from './preflight-facts.ts'
import { lockMassEmail, takeStep } from './steps.ts'

/** What is there now is asked for, whatever was asked for before. It has to pass the pre-flight, so that nobody is asked in vain. */
export async function askForApproval(tx: Tx, actor: Actor, id: string, note: string, now: Date): Promise<void> {
  const { name, status, campaignId } = await lockMassEmail(tx, id)
  await expectMayMail(tx, actor, id)
  if (status !== 'draft') throw stepNotAllowed(status as 'pending', 'ask for approval')
  await expectReady(tx, id, now, actor.userId)
  const asked = { fingerprint: await fingerprintOf(tx, id), askedBy: actor.userId, askedAt: now, note, approvedBy: null, approvedAt: null }
  await tx.insertInto('massEmailApproval').values({ massEmailId: id, ...asked }).onConflict((conflict) => conflict.column('massEmailId').doUpdateSet(asked)).execute()
  // Why it came back is answered by asking again.
  await tx.updateTable('massEmail').set({ notice: null, noticeCode: null }).where('id', '=', id).execute()
  await audit(tx, actor, 'massEmailApprovalAsked', { type: 'MassEmail', id, name })
  await notify(tx, {
    kind: 'approvalAsked', level: 'warning', title: `“${name}” waits for your approval`, text: `${actor.userName} asks for it.${note && ` ${note}`}`,
    about: { type: 'MassEmail', id, name }, to: { userIds: await approversOf(tx, campaignId, actor.userId) },
  }, now)
}

/** It is Pending in the name of whoever asked: it reaches whom he may read, and his rights count. `seen`: when what the approver looked at was asked for. */
export async function approve(tx: Tx, actor: Actor, id: string, seen: string | undefined, now: Date): Promise<void> {
  const { name } = await lockMassEmail(tx, id)
  const { askedBy, askedAt, holds } = await expectMayAnswer(tx, actor, id)
  if (seen !== undefined && new Date(seen).getTime() !== askedAt.getTime()) {
    throw new AppError('conflict', 'changedSinceAsked', 'It was changed and asked for anew since you opened it. Load it again and look at what is asked for now.')
  }
  if (!holds) throw new AppError('conflict', 'changedSinceAsked', 'It was changed since approval was asked for. Look at it again; whoever changed it has to ask anew.')
  await expectAskerMayMail(tx, askedBy, id)
  await takeStep(tx, id, 'schedule', now, { authorId: askedBy, notice: null })
  await tx.updateTable('massEmailApproval').set({ approvedBy: actor.userId, approvedAt: now }).where('massEmailId', '=', id).execute()
  await audit(tx, actor, 'massEmailApproved', { type: 'MassEmail', id, name, detail: { askedBy } })
  await notify(tx, {
    kind: 'approvalGiven', level: 'success', title: `“${name}” is approved and scheduled`, text: `${actor.userName} approved it.`,
    about: { type: 'MassEmail', id, name }, to: { userIds: [askedBy] },
  }, now)
}

/** Also of what was changed meanwhile. */
export async function refuse(tx: Tx, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
  const { name } = await lockMassEmail(tx, id)
  const { askedBy } = await expectMayAnswer(tx, actor, id)
  await dropApproval(tx, id)
  const notice = `${actor.userName} sent it back: ${reason}`
  await tx.updateTable('massEmail').set(({ eb }) => ({ notice, noticeCode: null, version: eb('version', '+', 1), modifiedAt: now })).where('id', '=', id).execute()
  await audit(tx, actor, 'massEmailSentBack', { type: 'MassEmail', id, name, detail: { askedBy, reason } })
  await notify(tx, { kind: 'approvalRefused', level: 'warning', title: `“${name}” was not approved`, text: notice, about: { type: 'MassEmail', id, name }, to: { userIds: [askedBy] } }, now)
}

export async function takeBack(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { name } = await lockMassEmail(tx, id)
  await expectMassEmail(tx, actor, id, 'edit')
  await expectAsked(tx, id)
  await dropApproval(tx, id)
  await audit(tx, actor, 'massEmailApprovalTakenBack', { type: 'MassEmail', id, name })
}

async function expectMayAnswer(tx: Tx, actor: Actor, id: string): Promise<Approval> {
  await expectMayMail(tx, actor, id)
  expectNoApprovalNeeded(actor, 'Somebody who needs no approval has to answer this.')
  const approval = await expectAsked(tx, id)
  if (approval.askedBy === actor.userId) throw new AppError('forbidden', 'ownApproval', 'Nobody approves what he asked for himself. You may schedule it, or let somebody else approve it.')
  return approval
}

/** What is Pending already is approved already. */
async function expectAsked(tx: Tx, id: string): Promise<Approval> {
  const approval = await approvalOf(tx, id)
  if (!approval || approval.approvedBy !== null) throw new AppError('conflict', 'approvalNotAsked', 'Nobody asks for approval of it at the moment.')
  return approval
}

/** His rights may be others now. */
async function expectAskerMayMail(tx: Tx, askedBy: string, id: string): Promise<void> {
  const asker = await readActor(tx, askedBy)
  const may = asker?.isActive && await expectMayMail(tx, asker, id).then(() => true, (error) => { if (error instanceof AppError) return false; throw error })
  if (!may) throw new AppError('conflict', 'askerMayNotSend', 'Whoever asked for approval may not send this any more. Schedule it yourself if it should go out: it is in your name then.')
}

/** Everybody else who may send it without approval, and change its campaign. Users who come in are few. */
async function approversOf(tx: Tx, campaignId: string, askedBy: string): Promise<string[]> {
  const { type } = await tx.selectFrom('campaign').select('type').where('id', '=', campaignId).executeTakeFirstOrThrow()
  const users = await tx.selectFrom('user').select(['id', 'userName', 'type', 'teamIds', rolesOfUser.as('roles')])
    .where('isActive', '=', true).where('type', '<>', 'api').where('id', '<>', askedBy).execute()
  const mayApprove = users.map((user) => actorOf(user, 'system', '')).filter((user) => maySend(user, type) && !needsApproval(user))
  if (mayApprove.length === 0) return []
  const { rows } = await sql<{ id: string }>`${sql.join(mayApprove.map((user) => sql`
    select ${user.userId}::uuid as id from campaign r where r.id = ${campaignId} and ${allowed(user, 'Campaign', 'edit')} and ${allowed(user, 'Campaign', 'read')}`), sql` union all `)}`.execute(tx)
  return rows.map(({ id }) => id)
}
