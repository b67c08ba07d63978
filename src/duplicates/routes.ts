/** The API of duplicates: found, and made one. */
import { type Route, serve } from '../http/serve.ts'
import { definitionAt } from '../records/entity-types.ts'
import type { Followers } from '../records/follow.ts'
import * as api from './contract.ts'
import { duplicatesOf, duplicatesOfValues } from './find.ts'
import { duplicateGroups } from './groups.ts'
import { mergeRecords } from './merge.ts'

/** `followers` come from the application: what moves along with a merged record is not known here. */
export const duplicateRoutes = (followers: Followers): Route[] => [
  serve(api.findDuplicates, async ({ db, params, actor }) => ({ items: await duplicatesOf(db, definitionAt(params.slug), params.id, actor) })),
  serve(api.checkDuplicates, async ({ db, params, body, actor }) => ({ items: await duplicatesOfValues(db, definitionAt(params.slug), body.values, body.exceptId, actor) })),
  serve(api.listDuplicateGroups, ({ db, params, query, actor }) => duplicateGroups(db, definitionAt(params.slug), query, actor)),
  serve(api.mergeRecords, (call) => mergeRecords(call.db, followers, definitionAt(call.params.slug), call.body, call)),
]
