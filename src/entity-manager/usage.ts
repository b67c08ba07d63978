/** What uses a type or a field, and so what is lost or left empty without it. Reads only. */
import { sql } from 'kysely'
import { currentVocabulary } from '../content/merge-values.ts'
import { findPlaceholders } from '../content/placeholder.ts'
import { anyPerson, assignedUser } from '../content/vocabulary.ts'
import type { Db } from '../platform/db.ts'
import { type EntityType, type Field, keyOf } from '../records/definition.ts'
import { entityTypes } from '../records/entity-types.ts'
import type { Usage } from './contract.ts'
import { countWhere, hasValue, optionCounts } from './field-data.ts'
import { linksTo } from './types.ts'

export async function usageOfType(db: Db, type: EntityType): Promise<Usage> {
  const users = await usersOf(db, type, null)
  return {
    records: await countWhere(db, type.table), recordsWithValue: null, options: [], targetLists: await listsWith(db, type), ...users,
    links: linksTo(type.name),
  }
}

export async function usageOfField(db: Db, type: EntityType, field: Field): Promise<Usage> {
  const [records, recordsWithValue, options, users] = await Promise.all([
    countWhere(db, type.table), countWhere(db, type.table, hasValue(field)), optionCounts(db, type, field), usersOf(db, type, field.name)])
  return { records, recordsWithValue, options, targetLists: [], ...users, links: [] }
}

async function listsWith(db: Db, { name }: EntityType): Promise<Usage['targetLists']> {
  return (await sql<Usage['targetLists'][number]>`
    select l.id, l.name, count(*) as members from target_list_member m join target_list l on l.id = m.target_list_id
     where m.entity_type = ${name} and l.deleted_at is null group by l.id order by 3 desc, 2 limit 200`.execute(db)).rows
}

/** Templates that name it, and mass emails that are on their way with one of these, or to records of the type. */
async function usersOf(db: Db, type: EntityType, field: string | null): Promise<Pick<Usage, 'emailTemplates' | 'massEmails' | 'savedViews' | 'reports'>> {
  const emailTemplates = await templatesNaming(db, type, field)
  const ids = emailTemplates.map(({ id }) => id)
  const { rows: massEmails } = await sql<Usage['massEmails'][number]>`
    select m.id, m.name, m.status, (select count(*) from delivery d
             where d.mass_email_id = m.id and d.entity_type = ${type.name} and d.status in ('pending', 'sending') and not d.test)::int as "unsentDeliveries"
      from mass_email m
     where m.deleted_at is null and m.status in ('pending', 'inProcess', 'paused')
       and (m.email_template_id = any(${ids}::uuid[]) or ${field === null} and exists (
             select from delivery d where d.mass_email_id = m.id and d.entity_type = ${type.name} and d.status in ('pending', 'sending') and not d.test))
     order by m.name limit 200`.execute(db)
  return { emailTemplates, massEmails, savedViews: await viewsNaming(db, type, field), reports: await reportsNaming(db, type, field) }
}

/** Views of the type; of a field those that filter, sort or show by it. Other people's private ones are counted among them, by name only. */
async function viewsNaming(db: Db, type: EntityType, field: string | null): Promise<{ id: string; name: string }[]> {
  const views = await db.selectFrom('savedView').select(['id', 'name', 'filter', 'sort', 'columns']).where('entityType', '=', type.name).orderBy('name').limit(1_000).execute()
  const own = type.fields.find(({ name }) => name === field)
  const words = own ? [own.name, keyOf(own), `${own.name}Name`] : []
  const names = (text: string) => words.includes(text.replace(/^-/, '').split('.')[0]!)
  const uses = ({ filter, sort, columns }: (typeof views)[number]) => names(sort) || columns.some(names) || fieldsIn(filter).some(names)
  return views.filter((view) => field === null || uses(view)).map(({ id, name }) => ({ id, name }))
}

/** Reports about the type; of a field all that ask for it, also through a link or about whom mail went to. */
async function reportsNaming(db: Db, type: EntityType, field: string | null): Promise<{ id: string; name: string }[]> {
  const reports = await db.selectFrom('report').select(['id', 'name', 'entityType', 'filter', 'columns', 'sort', 'groupBy', 'aggregates', 'having']).orderBy('name').limit(1_000).execute()
  if (field === null) return reports.filter(({ entityType }) => entityType === type.name).map(({ id, name }) => ({ id, name }))
  const own = type.fields.find(({ name }) => name === field)
  const words = own ? [own.name, keyOf(own), `${own.name}Name`, `${keyOf(own)}Currency`] : []
  const uses = ({ entityType, filter, columns, sort, groupBy, aggregates, having }: (typeof reports)[number]) => {
    const links = entityTypes().find(({ name }) => name === entityType)?.fields.filter((each) => each.linksTo === type.name).map(({ name }) => name) ?? [type.name]
    const paths = [...(entityType === type.name ? words : []), ...links.flatMap((link) => words.map((word) => `${link}.${word}`))]
    // `sum:budget` and `createdAt:month` name the field in their middle.
    const asked = [...columns, sort, ...fieldsIn([filter, groupBy, aggregates, having])].flatMap((text) => text.replace(/^-/, '').split(':'))
    return asked.some((text) => paths.some((path) => text === path || text.startsWith(`${path}.`)))
  }
  return reports.filter(uses).map(({ id, name }) => ({ id, name }))
}

/** Every `field` of a filter tree, of whatever shape. */
function fieldsIn(tree: unknown): string[] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([key, value]) => (key === 'field' && typeof value === 'string' ? [value] : fieldsIn(value)))
}

async function templatesNaming(db: Db, type: EntityType, field: string | null): Promise<{ id: string; name: string }[]> {
  const templates = await db.selectFrom('emailTemplate').select(['id', 'name', 'subject', 'body', 'textBody']).where('deletedAt', 'is', null).orderBy('name').execute()
  const vocabulary = currentVocabulary()
  const words = namesOf(type)
  const paths = field === null ? null : linkPaths(type.name, field)
  const names = (text: string | null) => text !== null && findPlaceholders(text, vocabulary).some(({ meaning }) => {
    if (meaning.kind !== 'record' && meaning.kind !== 'user') return false
    const word = meaning.kind === 'user' ? assignedUser : meaning.entityType
    if (field === null) return word === type.name
    return (words.includes(word) && meaning.path.split('.')[0] === field) || paths!.some((path) => path.type === word && path.path === meaning.path)
  })
  return templates.filter(({ subject, body, textBody }) => [subject, body, textBody].some(names)).map(({ id, name }) => ({ id, name }))
}

const namesOf = ({ name, baseType }: EntityType) => (baseType === 'person' ? [name, anyPerson] : [name])

/** `{Contact.clinic.city}` names the field `city` of Clinic. */
const linkPaths = (typeName: string, field: string) => entityTypes().flatMap((type) =>
  type.fields.filter(({ type: kind, linksTo: target }) => kind === 'link' && target === typeName).flatMap((link) => namesOf(type).map((name) => ({ type: name, path: `${link.name}.${field}` }))))
