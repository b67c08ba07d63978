/** What crosses the wire about saved views, and the columns a person chose. */
import { z } from 'zod'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

export const audiences = ['mine', 'team', 'everybody'] as const

export const SavedView = z.object({
  id: z.string(),
  entityType: z.string(),
  name: z.string(),
  /** As it was given; null for none. */
  filter: z.unknown(),
  q: z.string(),
  /** As lists take it; empty for the list's own. */
  sort: z.string(),
  /** Names of fields in their order; none for the list's own columns. */
  columns: z.array(z.string()),
  sharedWith: z.enum(audiences),
  /** Whose members see it while it is shared with teams. */
  teamIds: z.array(z.string()),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  /** Whether whoever asks may change or delete it. */
  mayChange: z.boolean(),
  /** What of it can no longer be asked for, for example a field that was removed. Empty when all is well. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
  modifiedAt: z.string(),
  version: z.number(),
})
export type SavedView = z.output<typeof SavedView>

const name = z.string().trim().min(1, 'A view needs a name.').max(200)
const columnNames = z.array(z.string().max(200)).max(100)
const optional = {
  filter: z.unknown().optional(),
  q: emptiable(z.string().max(500)).optional(),
  sort: emptiable(z.string().max(200)).optional(),
  columns: columnNames.optional(),
  sharedWith: z.enum(audiences).optional(),
  /** Left out, the owner's own teams. */
  teamIds: z.array(z.string()).max(100).optional(),
}

export const listSavedViews = endpoint('GET /api/v1/saved-views', {
  allow: 'signedIn', summary: 'Own views and those that others share', query: listQuery.extend({ entityType: z.string().optional() }), result: pageOf(SavedView.partial()),
})
export const createSavedView = endpoint('POST /api/v1/saved-views', {
  allow: 'signedIn', summary: 'Keep a list of records under a name', status: 201, body: z.strictObject({ entityType: z.string(), name, ...optional }), result: SavedView,
})
export const getSavedView = endpoint('GET /api/v1/saved-views/:id', { allow: 'signedIn', summary: 'A saved view', params: byId, result: SavedView })
export const changeSavedView = endpoint('PATCH /api/v1/saved-views/:id', {
  allow: 'signedIn', summary: 'Change a saved view: its owner, or an administrator', params: byId, body: z.strictObject({ name: name.optional(), ...optional }), result: SavedView,
})
export const removeSavedView = endpoint('DELETE /api/v1/saved-views/:id', { allow: 'signedIn', summary: 'Delete a saved view: its owner, or an administrator', params: byId })

const byEntityType = z.object({ entityType: z.string() })
/** Null: the list's own columns. */
const ListColumns = z.object({ columns: z.array(z.string()).nullable() })

export const getListColumns = endpoint('GET /api/v1/list-columns/:entityType', {
  allow: 'signedIn', summary: 'The columns that one chose for the list of an entity type', params: byEntityType, result: ListColumns,
})
export const setListColumns = endpoint('PUT /api/v1/list-columns/:entityType', {
  allow: 'signedIn', summary: 'Choose them, or go back to the list\'s own with null', params: byEntityType,
  body: z.strictObject({ columns: columnNames.min(1, 'Choose at least one column.').nullable() }), result: ListColumns,
})
