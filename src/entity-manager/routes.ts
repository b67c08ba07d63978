/** The API of the entity manager: each line ties an endpoint to the function that does it. */
import { type Call, type Route, serve } from '../http/serve.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import type { Relationship } from '../records/definition.ts'
import { definitionOf, relationships } from '../records/entity-types.ts'
import { presentField, presentType } from '../records/present.ts'
import * as api from './contract.ts'
import { changeField, createField, fieldNamed, planChange, removeField } from './fields.ts'
import { lossesOf } from './losses.ts'
import { notesOf } from './notes.ts'
import { createRelationship, removeRelationship } from './relations.ts'
import { changeType, createType, removeType } from './types.ts'
import { lastChange, presentChange, undoLastChange } from './undo.ts'
import { usageOfField, usageOfType } from './usage.ts'

/** `takenSlugs`: what the addresses of all other routes begin with. */
export const entityManagerRoutes = (takenSlugs: () => ReadonlySet<string>): Route[] => [
  serve(api.createEntityType, async (call) => presentType(await createType(call.db, authorOf(call), call.body, takenSlugs()))),
  serve(api.changeEntityType, async (call) => presentType(await changeType(call.db, authorOf(call), call.params.name, call.body))),
  serve(api.removeEntityType, (call) => removeType(call.db, authorOf(call), call.params.name)),
  serve(api.createField, async (call) => presentField(await createField(call.db, authorOf(call), call.params.name, call.body))),
  serve(api.changeField, async (call) => presentField(await changeField(call.db, authorOf(call), call.params.name, call.params.field, call.body))),
  serve(api.removeField, (call) => removeField(call.db, authorOf(call), call.params.name, call.params.field)),
  serve(api.entityTypeUsage, ({ db, params }) => usageOfType(db, definitionOf(params.name))),
  serve(api.fieldUsage, ({ db, params }) => {
    const type = definitionOf(params.name)
    return usageOfField(db, type, fieldNamed(type, params.field))
  }),
  serve(api.previewField, async ({ db, params, body }) => {
    const { type, before, after, faults } = await planChange(db, params.name, params.field, body)
    return { possible: faults.length === 0, errors: faults, notes: await notesOf(db, type, before, after) }
  }),
  serve(api.lastChange, async ({ db, now }) => {
    const change = await lastChange(db, now)
    return { change: change && presentChange(change) }
  }),
  serve(api.lossesOfUndo, async ({ db, now }) => {
    const change = await lastChange(db, now)
    return change ? { change: presentChange(change), losses: await lossesOf(db, change.before) } : { change: null, losses: [] }
  }),
  serve(api.undoLastChange, async (call) => ({ undone: await undoLastChange(call.db, authorOf(call), call.body.id) })),
  serve(api.listRelationships, async () => {
    const items = relationships().map(present)
    return { items, next: null, total: items.length, totalIsEstimate: false }
  }),
  serve(api.createRelationship, async (call) => present(await createRelationship(call.db, authorOf(call), call.body))),
  serve(api.removeRelationship, (call) => removeRelationship(call.db, authorOf(call), call.params.id)),
]

const authorOf = ({ actor, now }: Pick<Call<Endpoint>, 'actor' | 'now'>) => ({ actor, now })

const present = ({ id, kind, left, right, leftName, rightName, leftLabel, rightLabel, custom }: Relationship): api.Relationship =>
  ({ id, kind, left, right, leftName, rightName, leftLabel, rightLabel, custom })
