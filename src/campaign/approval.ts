/** What somebody else has to approve before it is Pending: where an approval stands, and whether it is still of what was asked for. Asking and answering: approvals.ts. */
import { sql } from 'kysely'
import { type Actor, needsApproval } from '../access/actor.ts'
import { readActor } from '../access/actors.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'

/** `holds`: nothing of what was asked for has changed since. What is frozen cannot change any more. */
export type Approval = { askedBy: string; askedByName: string; askedAt: Date; note: string; approvedBy: string | null; approvedByName: string | null; holds: boolean }

type Row = Approval & { massEmailId: string }

/** Of those that were asked for, by mass email. */
export async function approvalsOf(db: Db, massEmailIds: readonly string[]): Promise<Map<string, Approval>> {
  const { rows } = await sql<Row>`
    select a.mass_email_id, a.asked_by, asker.name as asked_by_name, a.asked_at, a.note, a.approved_by, approver.name as approved_by_name,
           m.frozen_at is not null or a.fingerprint = ${fingerprint} as holds
      from mass_email_approval a join mass_email m on m.id = a.mass_email_id join campaign c on c.id = m.campaign_id
      left join email_template t on t.id = m.email_template_id and t.deleted_at is null
      left join "user" asker on asker.id = a.asked_by left join "user" approver on approver.id = a.approved_by
     where a.mass_email_id = any(${massEmailIds}::uuid[])`.execute(db)
  return new Map(rows.map(({ massEmailId, askedByName, ...row }) => [massEmailId, { ...row, askedByName: askedByName ?? '' }]))
}

export const approvalOf = async (db: Db, massEmailId: string): Promise<Approval | undefined> => (await approvalsOf(db, [massEmailId])).get(massEmailId)

/** Of what is asked for now. */
export async function fingerprintOf(db: Db, massEmailId: string): Promise<string> {
  const { rows } = await sql<{ fingerprint: string }>`
    select ${fingerprint} as fingerprint
      from mass_email m join campaign c on c.id = m.campaign_id left join email_template t on t.id = m.email_template_id and t.deleted_at is null
     where m.id = ${massEmailId}`.execute(db)
  return rows[0]!.fingerprint
}

/** Over a mass email `m`, its campaign `c` and its template `t`: everything that decides what goes out, when, from whom and to which lists. Who is in the lists is not among it: they live. */
const fingerprint = sql<string>`encode(sha256(convert_to(jsonb_build_array(
  m.campaign_id, m.name, extract(epoch from m.date_start), extract(epoch from m.start_by), m.account_id, m.shared_account_ids,
  m.from_address, m.from_name, m.reply_to_address, m.reply_to_name, m.opt_out_entirely, m.store_sent_emails, m.override,
  c.type, c.track_all_links, t.id, t.subject, t.body, t.format, t.text_body,
  (select jsonb_agg(jsonb_build_array(x.target_list_id, x.excluding) order by x.target_list_id, x.excluding) from (
     select target_list_id, excluding from mass_email_target_list where mass_email_id = m.id
     union all
     select target_list_id, excluding from campaign_target_list
      where campaign_id = m.campaign_id and not exists (select from mass_email_target_list where mass_email_id = m.id)) x),
  (select jsonb_agg(jsonb_build_array(u.id, u.action, u.url, u.message) order by u.id) from tracking_url u
    where u.campaign_id = m.campaign_id and u.deleted_at is null and strpos(lower(concat(t.subject, t.body, t.text_body)), u.id::text) > 0)
  )::text, 'UTF8')), 'hex')`

/** Sends nothing by himself: throws 409 with what to do instead. */
export function expectNoApprovalNeeded(actor: Actor, what = 'Ask for approval first: it is set Pending when somebody else approves it.'): void {
  if (needsApproval(actor)) throw new AppError('conflict', 'needsApproval', `Your roles let you send only what somebody else has approved. ${what}`)
}

/** Where a link leads that people were mailed, or will be: locked, so that nobody schedules or approves it meanwhile. */
export async function expectMayLeadElsewhere(tx: Tx, actor: Actor, campaignId: string): Promise<void> {
  if (!needsApproval(actor)) return
  const massEmails = await tx.selectFrom('massEmail').select('status').where('campaignId', '=', campaignId).orderBy('id').forShare().execute()
  if (massEmails.some(({ status }) => status !== 'draft')) expectNoApprovalNeeded(actor, 'Somebody who needs none has to change where links of mail lead that is scheduled or went out.')
}

/** Why what is Pending in this person's name must not go out as it is, or null. */
export async function approvalFault(db: Db, massEmailId: string, author: Actor): Promise<string | null> {
  if (!needsApproval(author)) return templateFault(db, massEmailId)
  const approval = await approvalOf(db, massEmailId)
  if (!approval?.approvedBy) return 'It needs the approval of somebody else by now. Ask for approval, or let somebody who needs none schedule it.'
  return approval.holds ? null : 'It was changed since it was approved. Ask for approval again.'
}

/** Who may send nothing unapproved must not do it by the template of what somebody else has scheduled, whoever saved it after him. */
async function templateFault(db: Db, massEmailId: string): Promise<string | null> {
  const changed = await db.selectFrom('massEmail').innerJoin('emailTemplate', 'emailTemplate.id', 'massEmail.emailTemplateId').leftJoin('user', 'user.id', 'emailTemplate.needingApprovalBy').select('user.userName')
    .where('massEmail.id', '=', massEmailId).whereRef('emailTemplate.needingApprovalAt', '>', 'massEmail.scheduledAt').executeTakeFirst()
  return changed ? `${changed.userName ?? 'Somebody'}, who may send only what is approved, has changed its template since it was scheduled. Look at it, then schedule it again.` : null
}

/** For the pre-flight: whoever sends it, or is about to. Null where nobody else is asked. */
export async function approvalState(db: Db, { id, status, authorId }: { id: string; status: string; authorId: string | null }, viewer: Actor | null): Promise<ApprovalState | null> {
  const sender = status === 'draft' ? viewer : status === 'pending' && authorId !== null ? await readActor(db, authorId) : null
  if (!sender || !needsApproval(sender)) return null
  const approval = await approvalOf(db, id)
  if (!approval) return 'missing'
  return !approval.holds ? 'changed' : approval.approvedBy === null ? 'waiting' : 'given'
}

export type ApprovalState = 'missing' | 'waiting' | 'changed' | 'given'

type Reason = { code: 'needsApproval'; message: string; advice: string }

/** Why nothing goes out while it waits for somebody, or was changed while it did. */
export async function approvalReasons(db: Db, { id, status }: { id: string; status: string }): Promise<Reason[]> {
  const approval = await approvalOf(db, id)
  const waits = status === 'draft' && approval?.approvedBy === null
  if (!approval || (!waits && (status !== 'pending' || approval.holds))) return []
  if (!approval.holds) {
    return [{ code: 'needsApproval', message: `It was changed since ${waits ? 'approval was asked for' : 'it was approved'}.`, advice: waits ? 'Ask for approval again.' : 'Take it back to draft and ask for approval again.' }]
  }
  return [{ code: 'needsApproval', message: `It waits for approval, which ${approval.askedByName} asked for.`, advice: 'Somebody else who may send without approval opens it and approves it, or sends it back.' }]
}

/** It is a draft again, or was scheduled without it. */
export const dropApproval = (tx: Tx, massEmailId: string) => tx.deleteFrom('massEmailApproval').where('massEmailId', '=', massEmailId).execute()
