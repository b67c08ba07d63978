/** What came in through forms, each with its proof: of one form, or of one record. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { listPage } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { EntityType } from '../records/definition.ts'
import { expectMayDo } from '../records/records.ts'
import { confirmationPurpose } from './confirmation-mail.ts'
import { confirmationMailStatuses, type Subscription, subscriptionStatuses } from './contract.ts'

const subscriptions = (where: RawBuilder<boolean>, now: Date): Listable => ({
  from: sql`subscription s join subscription_form f on f.id = s.form_id left join system_mail m on m.purpose = ${confirmationPurpose} and m.ref = s.id::text`,
  id: sql`s.id`,
  where,
  columns: {
    id: { type: 'link', sql: sql`s.id` },
    formId: { type: 'link', sql: sql`s.form_id` },
    formName: { type: 'text', sql: sql`f.name`, notNull: true },
    status: { type: 'enum', sql: sql`case when s.status = 'pending' and s.expires_at <= ${now}::timestamptz then 'expired' else s.status end`, options: subscriptionStatuses },
    emailAddress: { type: 'email', sql: sql`s.email_address`, folded: sql`s.email_key`, notNull: true },
    doubleOptIn: { type: 'boolean', sql: sql`s.double_opt_in` },
    formVersion: { type: 'integer', sql: sql`s.form_version` },
    textVersion: { type: 'integer', sql: sql`s.text_version` },
    consentText: { type: 'text', sql: sql`coalesce((select t.consent_text from subscription_form_text t where t.form_id = s.form_id and t.version = s.text_version), '')` },
    targetLists: { type: 'text', sql: sql`f.name`, select: sql`coalesce((
      select jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name) order by lower(l.name)) from target_list l where l.id = any(s.target_list_ids)), '[]')` },
    askedAt: { type: 'dateTime', sql: sql`s.asked_at`, notNull: true },
    askedIp: { type: 'text', sql: sql`s.asked_ip` },
    askedUserAgent: { type: 'text', sql: sql`s.asked_user_agent` },
    expiresAt: { type: 'dateTime', sql: sql`s.expires_at` },
    mailStatus: { type: 'enum', sql: sql`coalesce(m.status, case when s.message_id is null then 'none' else 'sent' end)`, options: confirmationMailStatuses },
    mailSentAt: { type: 'dateTime', sql: sql`coalesce(s.mail_sent_at, case when m.status = 'sent' then m.ended_at end)` },
    mailRepeats: { type: 'integer', sql: sql`coalesce(m.repeats, s.mail_repeats)` },
    mailReply: { type: 'text', sql: sql`coalesce(m.reply, s.mail_reply)` },
    messageId: { type: 'text', sql: sql`coalesce(s.message_id, m.message_id)` },
    confirmedAt: { type: 'dateTime', sql: sql`s.confirmed_at` },
    confirmedIp: { type: 'text', sql: sql`s.confirmed_ip` },
    confirmedUserAgent: { type: 'text', sql: sql`s.confirmed_user_agent` },
    record: { type: 'text', sql: sql`s.record_id::text`, select: sql`case when s.record_id is not null then jsonb_build_object('entityType', s.entity_type, 'id', s.record_id) end` },
    effect: { type: 'text', sql: sql`s.effect::text`, select: sql`s.effect` },
  },
  search: [sql`s.email_address`],
  defaultSort: '-askedAt',
})

export async function subscriptionsPage(db: Db, formId: string, query: Partial<ListQuery>, now: Date) {
  const form = isId(formId) ? await db.selectFrom('subscriptionForm').select('id').where('id', '=', formId).where('deletedAt', 'is', null).executeTakeFirst() : undefined
  if (!form) throw notFound('subscription form', formId)
  return listPage(db, subscriptions(sql<boolean>`s.form_id = ${formId}`, now), query, { now, timeZone: 'UTC' })
}

/** Confirmed ones only: before that nothing says that whoever asked is this person. */
export async function consentsOf(db: Db, actor: Actor, type: EntityType, recordId: string, now: Date): Promise<Subscription[]> {
  await expectMayDo(db, type, recordId, actor, 'read')
  const ofRecord = sql<boolean>`s.record_id = ${recordId} and s.entity_type = ${type.name} and s.status = 'confirmed'`
  const { items } = await listPage(db, subscriptions(ofRecord, now), { sort: '-confirmedAt', limit: 50 }, { now, timeZone: 'UTC' })
  return items as Subscription[]
}
