/** What is shown of mass emails. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { pageWithComputed } from '../listing/computed-fields.ts'
import type { Item, Page } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { type Approval, approvalsOf } from './approval.ts'
import { campaignStatuses, campaignTypes } from './campaign.ts'
import { readableCampaign } from './campaign-rights.ts'
import type { MassEmail } from './contract.ts'
import { idsOf, listsOfMassEmails } from './lists.ts'
import { allowedSteps, massEmailStatuses } from './mass-email.ts'
import { smallFigures } from './small-figures.ts'

/** Asked of paused ones only: elsewhere nobody may use it. */
const hasNewVersion = sql`(m.status = 'paused' and t.deleted_at is null and exists (
  select from email_template_version v
   where v.id = m.template_version_id and (v.subject, v.body, v.format, v.text_body) is distinct from (t.subject, t.body, t.format, t.text_body)))`

const massEmails: Listable = {
  from: sql`mass_email m join campaign c on c.id = m.campaign_id left join email_template t on t.id = m.email_template_id`,
  where: sql<boolean>`m.deleted_at is null and c.deleted_at is null`,
  id: sql`m.id`,
  columns: {
    id: { type: 'link', sql: sql`m.id` },
    name: { type: 'text', sql: sql`m.name`, notNull: true },
    campaignId: { type: 'link', sql: sql`m.campaign_id` },
    campaignName: { type: 'text', sql: sql`c.name` },
    campaignType: { type: 'enum', sql: sql`c.type`, options: campaignTypes },
    campaignStatus: { type: 'enum', sql: sql`c.status`, options: campaignStatuses },
    status: { type: 'enum', sql: sql`m.status::text`, options: massEmailStatuses },
    emailTemplateId: { type: 'link', sql: sql`m.email_template_id` },
    emailTemplateName: { type: 'text', sql: sql`t.name` },
    dateStart: { type: 'dateTime', sql: sql`m.date_start` },
    startBy: { type: 'dateTime', sql: sql`m.start_by` },
    accountId: { type: 'link', sql: sql`m.account_id` },
    accountName: { type: 'text', sql: sql`(select name from outbound_account where id = m.account_id)` },
    sharedAccountIds: { type: 'multiEnum', sql: sql`m.shared_account_ids::text[]` },
    fromAddress: { type: 'email', sql: sql`m.from_address` },
    fromName: { type: 'text', sql: sql`m.from_name` },
    replyToAddress: { type: 'email', sql: sql`m.reply_to_address` },
    replyToName: { type: 'text', sql: sql`m.reply_to_name` },
    optOutEntirely: { type: 'boolean', sql: sql`m.opt_out_entirely` },
    storeSentEmails: { type: 'boolean', sql: sql`m.store_sent_emails` },
    override: { type: 'multiEnum', sql: sql`m.override` },
    notice: { type: 'text', sql: sql`m.notice` },
    pausedReason: { type: 'text', sql: sql`m.paused_reason` },
    newVersion: { type: 'boolean', sql: hasNewVersion },
    frozenAt: { type: 'dateTime', sql: sql`m.frozen_at` },
    completedAt: { type: 'dateTime', sql: sql`m.completed_at` },
    createdAt: { type: 'dateTime', sql: sql`m.created_at`, notNull: true },
    modifiedAt: { type: 'dateTime', sql: sql`m.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`m.version` },
  },
  search: [sql`m.name`, sql`c.name`],
  defaultSort: '-createdAt',
}

export const massEmailsPage = (db: Db, actor: Actor, query: Partial<ListQuery>, context: ListContext): Promise<Page> =>
  withComputed(db, { ...massEmails, where: sql<boolean>`m.deleted_at is null and c.deleted_at is null and ${readableCampaign(actor)}` }, query, context)

function withComputed(db: Db, list: Listable, query: Partial<ListQuery>, context: ListContext): Promise<Page> {
  return pageWithComputed(db, list, query, context, {
    names: ['targetListIds', 'excludingTargetListIds', 'targetLists', 'excludingTargetLists', 'ownTargetLists', 'figures', 'allowedSteps', 'approval'],
    of: (ids) => computedFields(db, ids),
  })
}

async function computedFields(db: Db, ids: string[]): Promise<Map<string, object>> {
  const [lists, figures, approvals, stands] = await Promise.all([
    listsOfMassEmails(db, ids), smallFigures(db, 'mass_email_id', ids), approvalsOf(db, ids),
    db.selectFrom('massEmail').select(['id', 'status', 'frozenAt']).where(sql<boolean>`id = any(${ids}::uuid[])`).execute(),
  ])
  return new Map(stands.map(({ id, status, frozenAt }) => [id, {
    ...lists.get(id)!, ...idsOf(lists.get(id)!), figures: figures.get(id)!, allowedSteps: allowedSteps({ status, frozen: frozenAt !== null }),
    approval: presentApproval(approvals.get(id)),
  }]))
}

const presentApproval = (approval: Approval | undefined): MassEmail['approval'] => (approval
  ? {
      askedById: approval.askedBy, askedByName: approval.askedByName, askedAt: approval.askedAt.toISOString(), note: approval.note,
      approved: approval.approvedBy !== null, approvedByName: approval.approvedByName, holds: approval.holds,
    }
  : null)

/** Rights are asked before. */
export async function readMassEmail(db: Db, id: string, context: ListContext): Promise<Item> {
  const { items } = isId(id) ? await withComputed(db, massEmails, { filter: { field: 'id', op: 'equals', value: id }, limit: 1 }, context) : { items: [] }
  if (!items[0]) throw notFound('mass email', id)
  return items[0]
}
