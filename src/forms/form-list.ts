/** Subscription forms as the API answers them, with their counts. */
import { sql } from 'kysely'
import { listPage, readItems } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { publicUrlOf, readGeneral } from '../settings/settings.ts'
import type { OneSubscriptionForm, SubscriptionForm } from './contract.ts'
import { embedding } from './embedding.ts'
import { formUrl } from './form-url.ts'
import { readOpenFormById } from './open-form.ts'

const listsJson = (topic: boolean) => sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name) order by x.position)
    from subscription_form_list x join target_list l on l.id = x.target_list_id
   where x.form_id = f.id and x.topic = ${topic} and l.deleted_at is null), '[]')`

const isOpen = sql<boolean>`(f.active and exists (
  select from subscription_form_list x join target_list l on l.id = x.target_list_id
   where x.form_id = f.id and l.deleted_at is null and (l.public_topic or not x.topic)))`

const consentText = sql`coalesce((select t.consent_text from subscription_form_text t where t.form_id = f.id and t.version = f.text_version), '')`

const count = (condition: ReturnType<typeof sql>) => sql`(select count(*) from subscription s where s.form_id = f.id and ${condition})`

const forms = (now: Date): Listable => ({
  from: sql`subscription_form f`,
  id: sql`f.id`,
  where: sql<boolean>`f.deleted_at is null`,
  columns: {
    id: { type: 'link', sql: sql`f.id` },
    name: { type: 'text', sql: sql`f.name`, notNull: true },
    title: { type: 'text', sql: sql`f.title`, notNull: true },
    intro: { type: 'text', sql: sql`f.intro`, notNull: true },
    fields: { type: 'text', sql: sql`f.fields::text`, select: sql`f.fields` },
    targetLists: { type: 'text', sql: sql`f.name`, select: listsJson(false) },
    topics: { type: 'text', sql: sql`f.name`, select: listsJson(true) },
    consentText: { type: 'text', sql: consentText },
    textVersion: { type: 'integer', sql: sql`f.text_version` },
    doubleOptIn: { type: 'boolean', sql: sql`f.double_opt_in` },
    emailTemplateId: { type: 'link', sql: sql`f.email_template_id` },
    mailSubject: { type: 'text', sql: sql`f.mail_subject` },
    mailBody: { type: 'text', sql: sql`f.mail_body` },
    lifetimeHours: { type: 'integer', sql: sql`f.lifetime_hours` },
    successMessage: { type: 'text', sql: sql`f.success_message` },
    successUrl: { type: 'text', sql: sql`f.success_url` },
    active: { type: 'boolean', sql: sql`f.active` },
    open: { type: 'boolean', sql: isOpen },
    language: { type: 'text', sql: sql`f.language` },
    leadUserId: { type: 'link', sql: sql`f.lead_user_id` },
    leadUserName: { type: 'text', sql: sql`(select name from "user" where id = f.lead_user_id)` },
    leadTeamIds: { type: 'linkMultiple', sql: sql`f.lead_team_ids` },
    pending: { type: 'integer', sql: count(sql`s.status = 'pending' and s.expires_at > ${now}`) },
    confirmed: { type: 'integer', sql: count(sql`s.status = 'confirmed'`) },
    expired: { type: 'integer', sql: count(sql`s.status = 'pending' and s.expires_at <= ${now}`) },
    url: { type: 'text', sql: sql`f.key` },
    createdAt: { type: 'dateTime', sql: sql`f.created_at`, notNull: true },
    modifiedAt: { type: 'dateTime', sql: sql`f.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`f.version` },
  },
  search: [sql`f.name`, sql`f.title`],
  defaultSort: 'name',
})

export async function formsPage(db: Db, query: Partial<ListQuery>, now: Date) {
  const [page, general] = [await listPage(db, forms(now), query, { now, timeZone: 'UTC' }), await readGeneral(db)]
  return { ...page, items: page.items.map((item) => present(item as Shown, publicUrlOf(general))) }
}

export async function presentForm(db: Db, id: string, now: Date): Promise<OneSubscriptionForm> {
  const [item] = isId(id) ? await readItems(db, forms(now), sql<boolean>`f.id = ${id}`) : []
  if (!item) throw notFound('subscription form', id)
  const form = present(item as Shown, publicUrlOf(await readGeneral(db))) as SubscriptionForm
  return { ...form, ...embedding(form.url, (await readOpenFormById(db, id))!, await readGeneral(db)) }
}

type Shown = Partial<Omit<SubscriptionForm, 'targetListIds' | 'topicIds'>> & { id: string }

const present = (item: Shown, publicUrl: string): Partial<SubscriptionForm> & { id: string } => ({
  ...item,
  ...(item.targetLists && { targetListIds: item.targetLists.map(({ id }) => id) }),
  ...(item.topics && { topicIds: item.topics.map(({ id }) => id) }),
  ...(item.url !== undefined && { url: formUrl(publicUrl, item.url) }),
})
