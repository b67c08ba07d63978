/** The API of target lists, opt-outs and suppressions: each line ties an endpoint to the function that does it. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { type Call, type Route, serve } from '../http/serve.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { parseAddress } from '../platform/email-address.ts'
import { AppError, invalid, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { Task } from '../platform/task.ts'
import { definitionAt } from '../records/entity-types.ts'
import { readGeneral } from '../settings/settings.ts'
import { clearSuppressions, removeSuppression } from './clear-suppressions.ts'
import * as api from './contract.ts'
import { growthOf } from './growth.ts'
import { importSuppressions } from './import-suppressions.ts'
import { membersOptedOutElsewhere, membersPage, optOutsPage, readTargetList, targetListsPage } from './list-pages.ts'
import { type Added, addSelected, type RecordSelection, removeSelected, memberTypeNamed } from './members.ts'
import { membershipsOf } from './memberships.ts'
import { moveMembers } from './move-members.ts'
import { cancelOptOut, optOutByUser, type Person } from './opt-outs.ts'
import { addSuppression, suppressionsPage } from './suppressions.ts'
import {
  changeTargetList, createTargetList, duplicateTargetList, emptyTargetList, mergeTargetLists, removeTargetList, targetListNamed,
} from './target-lists.ts'

/** Reports lie above target lists: the application says how they fill them. */
export type ByReport = {
  add(call: Asked, list: { id: string; name: string }, reportId: string): Promise<Added | { task: Task }>
  remove(call: Asked, list: { id: string; name: string }, reportId: string): Promise<{ removed: number } | { task: Task }>
}
type Asked = { db: Db; actor: Actor; now: Date }

export const audienceRoutes = (byReport: ByReport): Route[] => [
  serve(api.listTargetLists, async (call) => targetListsPage(call.db, call.actor, call.query, await contextOf(call))),
  serve(api.createTargetList, (call) => thenRead(call, (tx) => createTargetList(tx, call.actor, call.body, call.now))),
  serve(api.getTargetList, async (call) => {
    const { id } = await targetListNamed(call.db, call.actor, call.params.id)
    return present(await readTargetList(call.db, id, await contextOf(call)))
  }),
  serve(api.changeTargetList, (call) => thenRead(call, async (tx) => {
    await changeTargetList(tx, call.actor, call.params.id, call.body, call.now, call.expectVersion)
    return call.params.id
  })),
  serve(api.removeTargetList, ({ db, actor, params, query, now }) =>
    db.transaction().execute((tx) => removeTargetList(tx, actor, params.id, now, query.optOutsTo))),
  serve(api.duplicateTargetList, (call) => thenRead(call, (tx) => duplicateTargetList(tx, call.actor, call.params.id, call.body.name, call.now))),
  serve(api.emptyTargetList, async ({ db, actor, params }) =>
    ({ removed: await db.transaction().execute((tx) => emptyTargetList(tx, actor, params.id)) })),
  serve(api.mergeTargetLists, async ({ db, actor, params, body, now }) =>
    ({ added: await db.transaction().execute((tx) => mergeTargetLists(tx, actor, params.id, body.targetListIds, now)) })),

  serve(api.listMembers, async (call) => {
    const { entityType, ...query } = call.query
    const { id } = await targetListNamed(call.db, call.actor, call.params.id)
    return membersPage(call.db, call.actor, id, narrowed(query, entityType), await contextOf(call))
  }),
  serve(api.getGrowth, async (call) => {
    const { id } = await targetListNamed(call.db, call.actor, call.params.id)
    return growthOf(call.db, id, await contextOf(call))
  }),
  serve(api.addMembers, async (call) => {
    const list = await targetListNamed(call.db, call.actor, call.params.id, 'edit')
    if (call.body.reportId !== undefined) return byReport.add(call, list, call.body.reportId)
    const source = call.actor.via === 'apiKey' ? 'api' as const : 'manual' as const
    return addSelected(call.db, call.actor, { list, selection: selectionOf(call.body), source }, await contextOf(call))
  }),
  serve(api.removeMembers, async (call) => {
    const list = await targetListNamed(call.db, call.actor, call.params.id, 'edit')
    if (call.body.optedOutElsewhere) return { removed: await removeOptedOutElsewhere(call.db, list.id) }
    if (call.body.reportId !== undefined) return byReport.remove(call, list, call.body.reportId)
    return removeSelected(call.db, call.actor, { list, selection: selectionOf(call.body), source: 'manual' }, await contextOf(call))
  }),

  serve(api.listMemberships, async ({ db, actor, params }) => {
    const rows = await membershipsOf(db, actor, definitionAt(params.slug), params.id)
    return { items: rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString(), optedOutAt: row.optedOutAt?.toISOString() ?? null })) }
  }),

  serve(api.moveMembers, async (call) => {
    const selection = selectionOf(call.body)
    const context = await contextOf(call)
    return { moved: await call.db.transaction().execute((tx) => moveMembers(tx, call.actor, { fromId: call.params.id, toId: call.body.targetListId }, selection, context)) }
  }),

  serve(api.listOptOuts, async (call) => {
    const { id } = await targetListNamed(call.db, call.actor, call.params.id)
    return optOutsPage(call.db, call.actor, id, call.query, await contextOf(call))
  }),
  serve(api.optOut, (call) => thenRead(call, async (tx) => {
    const list = await targetListNamed(tx, call.actor, call.params.id, 'edit')
    await optOutByUser(tx, call.actor, list, await personOf(tx, call.actor, call.body), call.body.reason ?? '', call.now)
    return list.id
  })),
  serve(api.cancelOptOut, (call) => thenRead(call, async (tx) => {
    const list = await targetListNamed(tx, call.actor, call.params.id)
    await cancelOptOut(tx, call.actor, list, await personOf(tx, call.actor, call.body), call.body.reason)
    return list.id
  })),

  serve(api.listSuppressions, async (call) => suppressionsPage(call.db, call.query, await contextOf(call))),
  serve(api.addSuppression, async ({ db, actor, body, now }) => addSuppression(db, actor, body, now) as Promise<api.Suppression>),
  serve(api.clearSuppressions, async ({ db, actor, body: { reason: why, ...which } }) => ({ cleared: await clearSuppressions(db, actor, { ...which, why }) })),
  serve(api.importSuppressions, ({ db, actor, body, now }) => importSuppressions(db, actor, body, now)),
  serve(api.removeSuppression, async ({ db, actor, params, query, body }) => {
    const why = query.reason ?? body.reason
    if (!why) throw invalid([{ path: 'reason', message: 'Say why: it is kept in the audit log.' }])
    await removeSuppression(db, actor, params.id, why)
  }),
]

const contextOf = async ({ db, now }: Pick<Call<Endpoint>, 'db' | 'now'>): Promise<ListContext> =>
  ({ now, timeZone: (await readGeneral(db)).timeZone })

const present = (item: Record<string, unknown>) => item as api.OneTargetList

/** Does the work in a transaction, then answers the list as GET does. */
async function thenRead(call: Pick<Call<Endpoint>, 'db' | 'now'>, work: (tx: Tx) => Promise<string>): Promise<api.OneTargetList> {
  const id = await call.db.transaction().execute(work)
  return present(await readTargetList(call.db, id, await contextOf(call)))
}

const narrowed = <Query extends { filter?: unknown }>(query: Query, entityType: string | undefined): Query => {
  if (entityType === undefined) return query
  const ofType = { field: 'entityType', op: 'equals', value: entityType }
  return { ...query, filter: query.filter === undefined ? ofType : { and: [ofType, query.filter] } }
}

/** An id that cannot be one names nobody. */
function selectionOf({ entityType = '', ids, filter, q }: api.Selection): RecordSelection {
  memberTypeNamed(entityType)
  return ids ? { entityType, ids: ids.filter(isId) } : { entityType, filter, q }
}

async function removeOptedOutElsewhere(db: Db, targetListId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from target_list_member where target_list_id = ${targetListId}::uuid
       and (entity_type, record_id) in (${membersOptedOutElsewhere(targetListId)})`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Whose opt-out is meant: that of an address, or of the address of a record. */
async function personOf(db: Db, actor: Actor, { entityType, id, emailAddress }: { entityType?: string | undefined; id?: string | undefined; emailAddress?: string | undefined }): Promise<Person> {
  if (emailAddress !== undefined) {
    const { address, wellFormed } = parseAddress(emailAddress)
    if (!wellFormed) throw invalid([{ path: 'emailAddress', message: 'This is not an email address.' }])
    return { emailAddress: address }
  }
  const { table } = memberTypeNamed(entityType!)
  const { rows } = isId(id!) ? await sql<{ emailAddress: string }>`
    select r.email_address from ${sql.table(table)} r where r.id = ${id} and ${allowed(actor, entityType!, 'read')}`.execute(db) : { rows: [] }
  if (!rows[0]) throw notFound(entityType!, id!)
  if (rows[0].emailAddress === '') throw new AppError('conflict', 'noAddress', 'This record has no email address, so there is nothing to opt out.')
  return { emailAddress: rows[0].emailAddress, entityType, recordId: id }
}
