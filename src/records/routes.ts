/** The API of entity types and records: each line ties an endpoint to the function that does it. */
import { type Route, serve } from '../http/serve.ts'
import * as api from './contract.ts'
import type { Db } from '../platform/db.ts'
import type { EntityType } from './definition.ts'
import { definitionAt, definitionOf, entityTypes } from './entity-types.ts'
import { valuesOf } from './value-suggestions.ts'
import { type MassActions, startMassAction } from './mass-action.ts'
import { presentType } from './present.ts'
import { addRelated, listRelated, removeRelated } from './related.ts'
import { changeRecord, countRecords, createRecord, deleteRecord, listRecords, readRecord } from './records.ts'

/** Runs a read of a list and times it. */
type Watch = <Result>(call: { db: Db; now: Date }, type: EntityType, asked: { filter?: unknown; sort?: string | undefined }, read: () => Promise<Result>) => Promise<Result>

/** Both come from the application: what is done with target lists, and what becomes of a slow list, is not known here. */
export const recordRoutes = (massActions: MassActions, watch: Watch): Route[] => [
  serve(api.listEntityTypes, async () => {
    const items = entityTypes().map(presentType)
    return { items, next: null, total: items.length, totalIsEstimate: false }
  }),
  serve(api.readEntityType, async ({ params }) => presentType(definitionOf(params.name))),
  serve(api.listRecords, async (call) => {
    const type = definitionAt(call.params.slug)
    return presentPage(await watch(call, type, call.query, () => listRecords(call.db, type, call.query, call.now, call.actor)))
  }),
  serve(api.countRecords, (call) => {
    const type = definitionAt(call.params.slug)
    return watch(call, type, call.query, () => countRecords(call.db, type, call.query, call.now, call.actor))
  }),
  serve(api.listValues, async ({ db, actor, params, query }) => ({ values: await valuesOf(db, definitionAt(params.slug), query, actor) })),
  serve(api.readRecord, ({ db, actor, params }) => readRecord(db, definitionAt(params.slug), params.id, actor)),
  serve(api.createRecord, (call) => createRecord(call.db, definitionAt(call.params.slug), call.body, call)),
  serve(api.changeRecord, (call) => changeRecord(call.db, definitionAt(call.params.slug), call.params.id, call.body, call)),
  serve(api.deleteRecord, (call) => deleteRecord(call.db, definitionAt(call.params.slug), call.params.id, call)),
  serve(api.listRelated, async (call) => presentPage(await listRelated(call.db, definitionAt(call.params.slug), call.params, call.query, call))),
  serve(api.addRelated, (call) => addRelated(call.db, definitionAt(call.params.slug), call.params, call.body.ids, call)),
  serve(api.removeRelated, (call) => removeRelated(call.db, definitionAt(call.params.slug), call.params, call.body.ids, call)),
  serve(api.massAction, (call) => startMassAction(call.db, massActions, definitionAt(call.params.slug), call.body, call)),
]

const presentPage = <Page extends { items: Record<string, unknown>[] }>(page: Page) => ({ ...page, items: page.items as { id: string }[] })
