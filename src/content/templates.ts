/** Email templates in the database: written, duplicated, put away, and the versions that frozen mass emails hold on to. */
import { sql } from 'kysely'
import { type Actor, expectMayCreate, needsApproval } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { teamFaults, userFaults } from '../access/owners.ts'
import type { Action } from '../access/rights.ts'
import { allowed, expectAllowed } from '../access/row-rights.ts'
import { listPage, type Page } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { invalid, notFound, nulFaults } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { EmailTemplate } from './contract.ts'
import type { MailSource } from './mail-source.ts'

export type TemplateInput = {
  name?: string | undefined
  subject?: string | undefined
  body?: string | undefined
  format?: 'html' | 'text' | undefined
  textBody?: string | null | undefined
  category?: string | undefined
  assignedUserId?: string | null | undefined
  teamIds?: string[] | undefined
}

const templates: Listable = {
  from: sql`email_template t left join "user" assigned on assigned.id = t.assigned_user_id`,
  where: sql<boolean>`t.deleted_at is null`,
  id: sql`t.id`,
  columns: {
    id: { type: 'link', sql: sql`t.id`, notNull: true },
    name: { type: 'text', sql: sql`t.name`, notNull: true },
    subject: { type: 'text', sql: sql`t.subject`, notNull: true },
    format: { type: 'enum', sql: sql`t.format`, options: ['html', 'text', 'mjml', 'blocks'], notNull: true },
    category: { type: 'text', sql: sql`t.category`, notNull: true },
    assignedUserId: { type: 'link', sql: sql`t.assigned_user_id` },
    assignedUserName: { type: 'text', sql: sql`assigned.name` },
    teamIds: { type: 'linkMultiple', sql: sql`t.team_ids`, notNull: true },
    createdAt: { type: 'dateTime', sql: sql`t.created_at`, notNull: true },
    modifiedAt: { type: 'dateTime', sql: sql`t.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`t.version`, notNull: true },
  },
  search: [sql`t.name`, sql`t.subject`, sql`t.category`],
  defaultSort: '-modifiedAt',
}

export const templatesPage = (db: Db, actor: Actor, query: Partial<ListQuery>, context: ListContext): Promise<Page> =>
  listPage(db, { ...templates, where: sql<boolean>`t.deleted_at is null and ${allowed(actor, 'EmailTemplate', 'read', 't')}` }, query, context)

/** Throws 404 for a template that may not be read, 403 for one that may be read and no more. */
export const expectTemplate = (db: Db, actor: Actor, id: string, action: Action): Promise<void> => expectAllowed(db, actor, 'EmailTemplate', action, {
  from: sql`email_template r`, where: sql`r.id = ${id} and r.deleted_at is null`, noun: 'email template', id,
})

/** Rights are asked before. */
export async function readTemplate(db: Db, id: string): Promise<EmailTemplate> {
  const row = isId(id) ? await presented(db).where('emailTemplate.id', '=', id).executeTakeFirst() : undefined
  if (!row) throw notFound('email template', id)
  return { ...row, format: row.format as EmailTemplate['format'], createdAt: row.createdAt.toISOString(), modifiedAt: row.modifiedAt.toISOString() }
}

const presented = (db: Db) => db.selectFrom('emailTemplate').leftJoin('user', 'user.id', 'emailTemplate.assignedUserId')
  .select([
    'emailTemplate.id', 'emailTemplate.name', 'subject', 'body', 'textBody', 'format', 'category', 'emailTemplate.assignedUserId',
    'user.name as assignedUserName', 'emailTemplate.teamIds', 'emailTemplate.createdAt', 'emailTemplate.modifiedAt', 'emailTemplate.version',
  ])
  .where('deletedAt', 'is', null)

export async function createTemplate(tx: Tx, actor: Actor, input: TemplateInput & { name: string }, now: Date, keptTeamIds: string[] = []): Promise<string> {
  expectMayCreate(actor, 'EmailTemplate')
  await checkInput(tx, input, keptTeamIds)
  const id = newId()
  await tx.insertInto('emailTemplate').values({
    assignedUserId: actor.userId, ...input, id, createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId,
  }).execute()
  return id
}

/** `expectVersion` is called while the row is locked: it throws when the change rests on an older version. */
export async function changeTemplate(
  tx: Tx, actor: Actor, id: string, change: TemplateInput, now: Date, expectVersion: (version: number) => void,
): Promise<void> {
  const row = await lockTemplate(tx, id)
  expectVersion(row.version)
  await checkInput(tx, change, row.teamIds)
  await tx.updateTable('emailTemplate')
    .set({ ...change, ...(needsApproval(actor) && saysOther(row, change) && { needingApprovalAt: now, needingApprovalBy: actor.userId }), version: row.version + 1, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
}

/** What goes out would be another text: a new name sends nothing. */
const saysOther = (row: MailSource, change: TemplateInput): boolean =>
  (['subject', 'body', 'format', 'textBody'] as const).some((part) => change[part] !== undefined && change[part] !== row[part])

/** Out of sight; its versions stay, because sent mail can still be viewed and what is frozen goes on. */
export async function removeTemplate(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
  const { name } = await lockTemplate(tx, id)
  await tx.updateTable('emailTemplate').set({ deletedAt: now, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
  await audit(tx, actor, 'emailTemplateDeleted', { type: 'EmailTemplate', id, name })
}

export async function duplicateTemplate(tx: Tx, actor: Actor, id: string, name: string | undefined, now: Date): Promise<string> {
  const original = await lockTemplate(tx, id)
  const { subject, body, textBody, category, teamIds } = original
  return createTemplate(tx, actor, { name: name ?? `${original.name} (copy)`, subject, body, textBody, category, teamIds, format: original.format as 'html' | 'text' }, now, teamIds)
}

/** The version that a mass email is frozen with: the newest one, or a new one if anything that is sent has changed since. */
export async function versionOf(tx: Tx, templateId: string): Promise<string> {
  const { version: number, subject, body, format, textBody } = await lockTemplate(tx, templateId)
  const newest = await tx.selectFrom('emailTemplateVersion').selectAll()
    .where('emailTemplateId', '=', templateId).orderBy('number', 'desc').limit(1).executeTakeFirst()
  const unchanged = newest && newest.subject === subject && newest.body === body && newest.format === format && newest.textBody === textBody
  if (unchanged) return newest.id
  const id = newId()
  await tx.insertInto('emailTemplateVersion').values({ id, emailTemplateId: templateId, number, subject, body, format, textBody }).execute()
  return id
}

/** What a version says; also of a template that was put away since. */
export async function readVersion(db: Db, versionId: string): Promise<MailSource> {
  const row = await db.selectFrom('emailTemplateVersion').select(['subject', 'body', 'format', 'textBody']).where('id', '=', versionId).executeTakeFirst()
  if (!row) throw notFound('email template version', versionId)
  return row
}

async function lockTemplate(tx: Tx, id: string) {
  const row = isId(id)
    ? await tx.selectFrom('emailTemplate').selectAll().where('id', '=', id).where('deletedAt', 'is', null).forUpdate().executeTakeFirst()
    : undefined
  if (!row) throw notFound('email template', id)
  return row
}

async function checkInput(tx: Tx, { assignedUserId, teamIds, ...texts }: TemplateInput, keptTeamIds: string[]): Promise<void> {
  const faults = [...nulFaults(texts), ...await teamFaults(tx, teamIds, keptTeamIds), ...await userFaults(tx, 'assignedUserId', assignedUserId)]
  if (faults.length > 0) throw invalid(faults)
}
