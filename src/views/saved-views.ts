/** Saved views: kept, shared, changed by their owner, and checked against the fields there are now. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { listPage, readItems } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { AppError, invalid, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { definitionOf } from '../records/entity-types.ts'
import { expectMayList } from '../records/records.ts'
import type { SavedView } from './contract.ts'
import { faultsOf } from './view-faults.ts'

type Given = { [Key in 'name' | 'filter' | 'q' | 'sort' | 'columns' | 'sharedWith' | 'teamIds']?: SavedView[Key] | undefined }

export async function createSavedView(
  tx: Tx, actor: Actor, { entityType, ...given }: Given & { entityType: string; name: string }, context: ListContext,
): Promise<string> {
  expectPossible({ entityType, ...given }, context)
  expectMayList(definitionOf(entityType), actor)
  const id = newId()
  const teamIds = await teamsFor(tx, given, actor.userId)
  await tx.insertInto('savedView').values({
    ...columnsOf(given), id, entityType, name: given.name, teamIds, ownerId: actor.userId, createdAt: context.now, modifiedAt: context.now, modifiedBy: actor.userId,
  }).execute()
  return id
}

/** Only what is given is checked: a view with a field that is gone can still be renamed or shared. */
export async function changeSavedView(
  tx: Tx, actor: Actor, id: string, given: Given, context: ListContext, expectVersion: (version: number) => void,
): Promise<void> {
  const before = await lockOwn(tx, actor, id)
  expectVersion(before.version)
  expectPossible({ entityType: before.entityType, ...given }, context)
  const sharing = given.sharedWith !== undefined || given.teamIds !== undefined
  const teams = sharing && { teamIds: await teamsFor(tx, { sharedWith: before.sharedWith, ...given }, before.ownerId ?? actor.userId) }
  await tx.updateTable('savedView')
    .set({ ...columnsOf(given), ...teams, version: before.version + 1, modifiedAt: context.now, modifiedBy: actor.userId }).where('id', '=', id).execute()
}

export async function removeSavedView(tx: Tx, actor: Actor, id: string): Promise<void> {
  await lockOwn(tx, actor, id)
  await tx.deleteFrom('savedView').where('id', '=', id).execute()
}

/** Of everybody, with the columns that people chose. */
export async function forgetViews(tx: Tx, entityType: string): Promise<void> {
  await tx.deleteFrom('savedView').where('entityType', '=', entityType).execute()
  await tx.deleteFrom('listColumns').where('entityType', '=', entityType).execute()
}

export async function savedViewsPage(db: Db, actor: Actor, { entityType, ...query }: Partial<ListQuery> & { entityType?: string | undefined }, context: ListContext) {
  const filter = entityType === undefined ? query.filter : { and: [{ field: 'entityType', op: 'equals', value: entityType }, query.filter ?? { and: [] }] }
  const page = await listPage(db, viewsFor(actor), { ...query, filter }, context)
  return { ...page, items: page.items.map((item) => present(item, context)) }
}

export async function readSavedView(db: Db, actor: Actor, id: string, context: ListContext): Promise<SavedView> {
  const [item] = isId(id) ? await readItems(db, viewsFor(actor), sql<boolean>`v.id = ${id}`) : []
  if (!item) throw notFound('saved view', id)
  return present(item, context) as SavedView
}

/** One's own; what is shared with everybody; what is shared with a team that one is in. */
const readableBy = ({ userId, type }: Actor): RawBuilder<boolean> => sql<boolean>`(
  v.owner_id = ${userId} or v.shared_with = 'everybody' or (v.shared_with = 'team' and (
    ${type === 'admin'}::boolean or v.team_ids && (select u.team_ids from "user" u where u.id = ${userId}))))`

const mayChange = ({ userId, type }: Actor): RawBuilder<boolean> =>
  sql<boolean>`coalesce(v.owner_id = ${userId}, false) or (${type === 'admin'}::boolean and v.shared_with <> 'mine')`

const viewsFor = (actor: Actor): Listable => ({
  from: sql`saved_view v left join "user" o on o.id = v.owner_id`,
  where: readableBy(actor),
  id: sql`v.id`,
  columns: {
    id: { type: 'link', sql: sql`v.id`, notNull: true },
    entityType: { type: 'text', sql: sql`v.entity_type`, notNull: true },
    name: { type: 'text', sql: sql`v.name`, notNull: true },
    filter: { type: 'text', sql: sql`v.filter::text`, select: sql`v.filter` },
    q: { type: 'text', sql: sql`v.q`, notNull: true },
    sort: { type: 'text', sql: sql`v.sort`, notNull: true },
    columns: { type: 'multiEnum', sql: sql`v.columns` },
    sharedWith: { type: 'enum', sql: sql`v.shared_with`, notNull: true },
    teamIds: { type: 'linkMultiple', sql: sql`v.team_ids` },
    ownerId: { type: 'link', sql: sql`v.owner_id` },
    ownerName: { type: 'text', sql: sql`o.name` },
    mayChange: { type: 'boolean', sql: mayChange(actor) },
    modifiedAt: { type: 'dateTime', sql: sql`v.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`v.version` },
  },
  search: [sql`v.name`],
  defaultSort: 'name',
})

/** Problems are only told of whole views: `fields` may have left out what they are about. */
function present(item: Record<string, unknown>, context: ListContext) {
  const whole = ['entityType', 'filter', 'q', 'sort', 'columns'].every((name) => name in item)
  return { ...item, ...(whole && { problems: faultsOf(item as SavedView, context) }) } as Record<string, unknown> & { id: string }
}

function expectPossible(view: Given & { entityType: string }, context: ListContext) {
  const faults = faultsOf(view, context)
  if (faults.length > 0) throw invalid(faults)
}

/** Somebody else's view is there to be used, not to be changed. */
async function lockOwn(tx: Tx, actor: Actor, id: string) {
  const { rows } = isId(id) ? await sql<{ version: number; entityType: string; sharedWith: SavedView['sharedWith']; ownerId: string | null; own: boolean }>`
    select v.version, v.entity_type, v.shared_with, v.owner_id, ${mayChange(actor)} as own
      from saved_view v where v.id = ${id} and ${readableBy(actor)} for update`.execute(tx) : { rows: [] }
  if (!rows[0]) throw notFound('saved view', id)
  if (!rows[0].own) throw new AppError('forbidden', 'notYours', 'This view belongs to somebody else. Save it under another name to change it.')
  return rows[0]
}

/** The columns that were given. Teams go by themselves: they depend on whom it is shared with. */
const columnsOf = ({ name, filter, q, sort, columns, sharedWith }: Given) => ({
  ...(name !== undefined && { name }), ...(q !== undefined && { q }), ...(sort !== undefined && { sort }), ...(columns && { columns }), ...(sharedWith && { sharedWith }),
  ...(filter !== undefined && { filter: filter === null ? null : JSON.stringify(filter) }),
})

async function teamsFor(tx: Tx, { sharedWith, teamIds }: Given, ownerId: string): Promise<string[]> {
  if (sharedWith !== 'team') return []
  const teams = teamIds ?? (await tx.selectFrom('user').select('teamIds').where('id', '=', ownerId).executeTakeFirst())?.teamIds ?? []
  const strange = teams.filter((id) => !isId(id))
  if (strange.length > 0) throw invalid([{ path: 'teamIds', message: `There is no team ${strange.join(', ').slice(0, 200)}.` }])
  if (teams.length === 0) throw invalid([{ path: 'teamIds', message: 'Name the teams to share it with: you are in none yourself.' }])
  return teams
}
