/** Test groups: kept, changed, listed. Sending to them is delivery's business. */
import { sql } from 'kysely'
import { type Actor, expectSome } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { listPage, readItems } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { type Fault, invalid, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { findDefinition, mailableTypes } from '../records/entity-types.ts'
import type { TestGroup } from './contract.ts'

type Reference = { entityType: string; id: string }
type TestGroupInput = { name?: string | undefined; recipients?: Reference[] | undefined }

export async function createTestGroup(tx: Tx, actor: Actor, { name, recipients = [] }: TestGroupInput & { name: string }, now: Date): Promise<string> {
  expectSome(actor, 'Campaign', 'edit')
  const id = newId()
  await tx.insertInto('testGroup').values({ id, name, createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId }).execute()
  await setRecipients(tx, actor, id, recipients)
  return id
}

export async function changeTestGroup(
  tx: Tx, actor: Actor, id: string, { name, recipients }: TestGroupInput, now: Date, expectVersion: (version: number) => void,
): Promise<void> {
  expectSome(actor, 'Campaign', 'edit')
  const { version } = await lockTestGroup(tx, id)
  expectVersion(version)
  await tx.updateTable('testGroup')
    .set({ ...(name !== undefined && { name }), version: version + 1, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
  if (recipients) await setRecipients(tx, actor, id, recipients)
}

export async function removeTestGroup(tx: Tx, actor: Actor, id: string): Promise<void> {
  expectSome(actor, 'Campaign', 'edit')
  await lockTestGroup(tx, id)
  await tx.deleteFrom('testGroup').where('id', '=', id).execute()
}

async function lockTestGroup(tx: Tx, id: string) {
  const row = isId(id) ? await tx.selectFrom('testGroup').select('version').where('id', '=', id).forUpdate().executeTakeFirst() : undefined
  if (!row) throw notFound('test group', id)
  return row
}

/** Replaces them all. Each must be there and of a type that is mailed; named twice counts once. */
async function setRecipients(tx: Tx, actor: Actor, testGroupId: string, recipients: readonly Reference[]): Promise<void> {
  const faults: Fault[] = []
  for (const [index, recipient] of recipients.entries()) {
    const message = await faultOf(tx, actor, recipient)
    if (message) faults.push({ path: `recipients.${index}`, message })
  }
  if (faults.length > 0) throw invalid(faults)
  await tx.deleteFrom('testGroupRecipient').where('testGroupId', '=', testGroupId).execute()
  if (recipients.length === 0) return
  await tx.insertInto('testGroupRecipient')
    .values(recipients.map(({ entityType, id }, position) => ({ testGroupId, entityType, recordId: id, position })))
    .onConflict((conflict) => conflict.doNothing()).execute()
}

async function faultOf(tx: Tx, actor: Actor, { entityType, id }: Reference): Promise<string | null> {
  const type = findDefinition(entityType)
  if (!type?.mailable) return `${entityType} is not a type whose records are mailed.`
  const found = isId(id) && (await sql`
    select from ${sql.table(type.table)} r where r.id = ${id} and ${allowed(actor, entityType, 'read')}`.execute(tx)).rows.length > 0
  return found ? null : `There is no ${entityType} ${id}.`
}

/** Every record that may be mailed and that this person may read, as one table; those of a group are found in it by id. */
const mailable = (actor: Actor) => sql.join(
  mailableTypes().map(({ name, table }) => sql`select ${name}::text as entity_type, r.id, r.name, r.email_address from ${sql.table(table)} r where ${allowed(actor, name, 'read')}`), sql` union all `)

const people = (actor: Actor) => sql`coalesce((
  select json_agg(json_build_object('entityType', p.entity_type, 'id', p.id, 'name', coalesce(p.name, ''), 'emailAddress', p.email_address) order by r.position)
    from test_group_recipient r join (${mailable(actor)}) p on p.id = r.record_id and p.entity_type = r.entity_type where r.test_group_id = g.id), '[]')`

const testGroups = (actor: Actor): Listable => ({
  from: sql`test_group g`,
  id: sql`g.id`,
  columns: {
    id: { type: 'link', sql: sql`g.id` },
    name: { type: 'text', sql: sql`g.name`, notNull: true },
    people: { type: 'text', sql: sql`g.name`, select: people(actor) },
    modifiedAt: { type: 'dateTime', sql: sql`g.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`g.version` },
  },
  search: [sql`g.name`],
  defaultSort: 'name',
})

export async function testGroupsPage(db: Db, actor: Actor, query: Partial<ListQuery>, context: ListContext) {
  const page = await listPage(db, testGroups(actor), query, context)
  return { ...page, items: page.items.map((item) => present(item as Omit<TestGroup, 'recipients'>)) }
}

export async function readTestGroup(db: Db, actor: Actor, id: string): Promise<TestGroup> {
  const [item] = isId(id) ? await readItems(db, testGroups(actor), sql<boolean>`g.id = ${id}`) : []
  if (!item) throw notFound('test group', id)
  return present(item as Omit<TestGroup, 'recipients'>)
}

const present = (item: Omit<TestGroup, 'recipients'>): TestGroup =>
  ({ ...item, ...(item.people && { recipients: item.people.map(({ entityType, id }) => ({ entityType, id })) }) }) as TestGroup
