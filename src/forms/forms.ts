/** Subscription forms as an administrator shapes them: made, changed, put away. What visitors do with them is subscribe.ts's business. */
import { randomInt } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { teamFaults, userFaults } from '../access/owners.ts'
import { allowed } from '../access/row-rights.ts'
import { expectTemplate } from '../content/templates.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, type Fault, invalid, notFound, nulFaults } from '../platform/errors.ts'
import { given } from '../platform/given.ts'
import { isId, newId } from '../platform/id.ts'
import { jsonFor } from '../platform/json.ts'
import type { Tables } from '../platform/tables.ts'
import { definitionOf } from '../records/entity-types.ts'
import type { FormChange } from './contract.ts'
import { withdrawConfirmations } from './confirmation-mail.ts'
import { formFieldsOf } from './fields.ts'
import { confirmUrlMark } from './mail-text.ts'

export type FormRow = Selectable<Tables['subscriptionForm']>

export async function createForm(tx: Tx, actor: Actor, input: FormChange & { name: string }, now: Date): Promise<string> {
  await expectValid(tx, actor, input, { listIds: [], templateId: null, teamIds: [] })
  const id = newId()
  await tx.insertInto('subscriptionForm').values({
    ...columnsOf(input), name: input.name, id, key: newKey(), createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId,
  }).execute()
  await setLists(tx, id, input)
  if (input.consentText) await addText(tx, actor, id, input.consentText, now)
  await audit(tx, actor, 'subscriptionFormCreated', { type: 'SubscriptionForm', id, name: input.name })
  return id
}

export async function changeForm(tx: Tx, actor: Actor, id: string, change: FormChange, now: Date, expectVersion: (version: number) => void): Promise<void> {
  const row = await lockForm(tx, id)
  expectVersion(row.version)
  await expectValid(tx, actor, change, { listIds: (await listsOfForm(tx, id)).map((list) => list.id), templateId: row.emailTemplateId, teamIds: row.leadTeamIds })
  await tx.updateTable('subscriptionForm').set({ ...columnsOf(change), version: row.version + 1, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
  await setLists(tx, id, change)
  if (change.consentText !== undefined && change.consentText !== await consentTextOf(tx, row)) await addText(tx, actor, id, change.consentText, now)
  await audit(tx, actor, 'subscriptionFormChanged', { type: 'SubscriptionForm', id, name: change.name ?? row.name, detail: { fields: Object.keys(change) } })
}

/** Out of sight: nobody subscribes or confirms any more, and mail that has not left stays here. Proofs of consent stay. */
export async function removeForm(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
  const { name } = await lockForm(tx, id)
  await tx.updateTable('subscriptionForm').set({ deletedAt: now, active: false, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
  await withdrawConfirmations(tx, id)
  await audit(tx, actor, 'subscriptionFormDeleted', { type: 'SubscriptionForm', id, name })
}

export type FormList = { id: string; name: string; description: string; topic: boolean }

/** Its lists that are still there; a topic only as long as it is a public one. */
export async function listsOfForm(db: Db, formId: string): Promise<FormList[]> {
  const { rows } = await sql<FormList>`
    select l.id, l.name, l.description, f.topic from subscription_form_list f join target_list l on l.id = f.target_list_id
     where f.form_id = ${formId} and l.deleted_at is null and (l.public_topic or not f.topic) order by f.position`.execute(db)
  return rows
}

export const consentTextOf = async (db: Db, { id, textVersion }: Pick<FormRow, 'id' | 'textVersion'>): Promise<string> =>
  (await db.selectFrom('subscriptionFormText').select('consentText').where('formId', '=', id).where('version', '=', textVersion).executeTakeFirst())?.consentText ?? ''

async function lockForm(tx: Tx, id: string): Promise<FormRow> {
  const row = isId(id) ? await tx.selectFrom('subscriptionForm').selectAll().where('id', '=', id).where('deletedAt', 'is', null).forUpdate().executeTakeFirst() : undefined
  if (!row) throw notFound('subscription form', id)
  return row
}

/** What was given, as columns. The consent text and the lists have tables of their own. */
function columnsOf({ consentText: _text, targetListIds: _lists, topicIds: _topics, fields, ...plain }: FormChange) {
  const written = fields?.map(({ name, label = '', required = false }) => ({ name, label, required }))
  return { ...given(plain), ...(written && { fields: jsonFor(written) }) }
}

/** Only what is given is replaced. A list that everybody joins is no topic besides. */
async function setLists(tx: Tx, formId: string, { targetListIds, topicIds }: Pick<FormChange, 'targetListIds' | 'topicIds'>): Promise<void> {
  for (const [ids, topic] of [[targetListIds, false], [topicIds, true]] as const) {
    if (!ids) continue
    await tx.deleteFrom('subscriptionFormList').where('formId', '=', formId).where('topic', '=', topic).execute()
    await sql`
      insert into subscription_form_list (form_id, target_list_id, topic, position)
      select ${formId}::uuid, id, ${topic}, min(position) from unnest(${ids}::uuid[]) with ordinality as given (id, position) group by id
          on conflict (form_id, target_list_id) do update set topic = false, position = excluded.position where not excluded.topic`.execute(tx)
  }
}

async function addText(tx: Tx, actor: Actor, formId: string, consentText: string, now: Date): Promise<void> {
  const { version } = await tx.updateTable('subscriptionForm').set({ textVersion: sql`text_version + 1` }).where('id', '=', formId)
    .returning('textVersion as version').executeTakeFirstOrThrow()
  await tx.insertInto('subscriptionFormText').values({ formId, version, consentText, at: now, byUserId: actor.userId }).execute()
}

/** What stands there already was allowed when it was put there. */
type Before = { listIds: readonly string[]; templateId: string | null; teamIds: readonly string[] }

async function expectValid(tx: Tx, actor: Actor, input: FormChange, before: Before): Promise<void> {
  const faults = [
    ...nulFaults(input), ...fieldFaults(input), ...await listFaults(tx, actor, input, before), ...await templateFaults(tx, actor, input, before),
    ...(await teamFaults(tx, input.leadTeamIds, before.teamIds)).map(({ message }) => ({ path: 'leadTeamIds', message })), ...await userFaults(tx, 'leadUserId', input.leadUserId),
  ]
  if (input.mailBody && !input.mailBody.includes(confirmUrlMark)) faults.push({ path: 'mailBody', message: `Put ${confirmUrlMark} where the link shall stand.` })
  if (faults.length > 0) throw invalid(faults)
}

function fieldFaults({ fields = [] }: FormChange): Fault[] {
  const known = new Set(formFieldsOf(definitionOf('Lead')).map(({ name }) => name))
  return fields.flatMap(({ name }, index) => {
    const path = `fields.${index}.name`
    if (!known.has(name)) return [{ path, message: `A form cannot ask for ${name}.` }]
    return fields.findIndex((other) => other.name === name) < index ? [{ path, message: `${name} is there already.` }] : []
  })
}

/** Whoever lets strangers into a list may change it. */
async function listFaults(tx: Tx, actor: Actor, { targetListIds = [], topicIds = [] }: FormChange, { listIds }: Before): Promise<Fault[]> {
  const asked = [...targetListIds, ...topicIds].filter(isId)
  const { rows } = await sql<{ id: string; publicTopic: boolean; editable: boolean }>`
    select r.id, r.public_topic, ${allowed(actor, 'TargetList', 'edit')} as editable from target_list r
     where r.id = any(${asked}::uuid[]) and r.deleted_at is null and (r.id = any(${listIds}::uuid[]) or ${allowed(actor, 'TargetList', 'read')})`.execute(tx)
  const found = new Map(rows.map((row) => [row.id, row]))
  const faultOf = (id: string, topic: boolean): string | null => {
    const list = found.get(id.toLowerCase())
    if (!list) return `There is no target list ${id}.`
    if (!list.editable && !listIds.includes(list.id)) return 'You may not change this target list, so you cannot let visitors into it.'
    return topic && !list.publicTopic ? 'This list is no public topic: mark it as one, or let everybody join it.' : null
  }
  const of = (path: string, ids: readonly string[], topic: boolean) => ids.flatMap((id, index) => {
    const message = faultOf(id, topic)
    return message ? [{ path: `${path}.${index}`, message }] : []
  })
  return [...of('targetListIds', targetListIds, false), ...of('topicIds', topicIds, true)]
}

async function templateFaults(tx: Tx, actor: Actor, { emailTemplateId }: FormChange, { templateId }: Before): Promise<Fault[]> {
  if (!emailTemplateId || emailTemplateId === templateId) return []
  const path = 'emailTemplateId'
  try {
    await expectTemplate(tx, actor, emailTemplateId, 'read')
  } catch (error) {
    if (error instanceof AppError) return [{ path, message: 'There is no such email template.' }]
    throw error
  }
  const { body } = await tx.selectFrom('emailTemplate').select('body').where('id', '=', emailTemplateId).executeTakeFirstOrThrow()
  return body.includes(confirmUrlMark) ? [] : [{ path, message: `This template has no ${confirmUrlMark}: nobody could confirm.` }]
}

/** 50 bits: nobody comes upon a form by trying. */
function newKey(): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  return Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')
}
