/** The API of entity types and records: each line ties an endpoint to the function that does it. */
import { type Route, serve } from '../http/serve.ts'
import * as api from './contract.ts'
import { type EntityType, type Field, keyOf } from './definition.ts'
import { definitionAt, definitionOf, entityTypes } from './entity-types.ts'
import { type MassActions, startMassAction } from './mass-action.ts'
import { changeRecord, countRecords, createRecord, deleteRecord, listRecords, readRecord } from './records.ts'

/** `massActions` come from the application: what is done with target lists is not known here. */
export const recordRoutes = (massActions: MassActions): Route[] => [
  serve(api.listEntityTypes, async () => {
    const items = entityTypes().map(presentType)
    return { items, next: null, total: items.length, totalIsEstimate: false }
  }),
  serve(api.readEntityType, async ({ params }) => presentType(definitionOf(params.name))),
  serve(api.listRecords, async ({ db, params, query, now }) => presentPage(await listRecords(db, definitionAt(params.slug), query, now))),
  serve(api.countRecords, ({ db, params, query, now }) => countRecords(db, definitionAt(params.slug), query, now)),
  serve(api.readRecord, ({ db, params }) => readRecord(db, definitionAt(params.slug), params.id)),
  serve(api.createRecord, (call) => createRecord(call.db, definitionAt(call.params.slug), call.body, call)),
  serve(api.changeRecord, (call) => changeRecord(call.db, definitionAt(call.params.slug), call.params.id, call.body, call)),
  serve(api.deleteRecord, (call) => deleteRecord(call.db, definitionAt(call.params.slug), call.params.id, call)),
  serve(api.massAction, (call) => startMassAction(call.db, massActions, definitionAt(call.params.slug), call.body, call)),
]

const presentPage = <Page extends { items: Record<string, unknown>[] }>(page: Page) => ({ ...page, items: page.items as { id: string }[] })

export const presentType = (type: EntityType): api.EntityType => ({
  name: type.name, plural: type.plural, slug: type.slug, baseType: type.baseType, mailable: type.mailable, icon: type.icon, color: type.color, custom: type.custom ?? false,
  fields: type.fields.map(presentField),
})

export const presentField = (field: Field): api.Field => ({
  name: field.name, key: keyOf(field), type: field.type, label: field.label,
  required: field.required ?? false, unique: field.unique ?? false, readOnly: field.readOnly ?? false,
  default: field.default ?? null, maxLength: field.maxLength ?? null,
  options: field.options ? [...field.options] : null, linksTo: field.linksTo ?? null,
  custom: field.custom ?? false, relationshipId: field.relationshipId ?? null,
})
