/** What crosses the wire about the bin and about taking things back. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf, taskAnswer } from '../platform/endpoint.ts'

export const BinRecord = z.object({
  /** That of the record: it comes back with it. */
  id: z.string(),
  entityType: z.string(),
  name: z.string(),
  emailAddress: z.string(),
  deletedAt: z.string(),
  deletedById: z.string().nullable(),
  deletedByName: z.string().nullable(),
  actionId: z.string(),
  /** `delete`, `revertImport`, or `merge`: then `mergedIntoId` is the record that stayed. */
  action: z.string(),
  mergedIntoId: z.string().nullable(),
  /** Why the last try to restore it failed. */
  problem: z.string().nullable(),
})
export type BinRecord = z.output<typeof BinRecord>

export const UndoableAction = z.object({
  id: z.string(),
  kind: z.string(),
  entityType: z.string(),
  records: z.number(),
  /** Of an update: the fields that were set. */
  fields: z.array(z.string()),
  at: z.string(),
  byId: z.string().nullable(),
  byName: z.string().nullable(),
  undoneAt: z.string().nullable(),
  /** How many of its records can still be taken back. */
  left: z.number(),
})
export type UndoableAction = z.output<typeof UndoableAction>

/** What came back, what did not and why. Up to 200 records are named; those left in the bin keep their reason there. */
export const Undone = z.object({
  restored: z.number(),
  notRestored: z.number(),
  notes: z.array(z.object({ id: z.string(), name: z.string(), reason: z.string() })),
})
export type Undone = z.output<typeof Undone>

export const listBin = endpoint('GET /api/v1/bin', {
  allow: 'signedIn', summary: 'Deleted records of the last 30 days: your own, or everybody\'s for administrators', query: listQuery, result: pageOf(BinRecord.partial().extend({ id: z.string() })),
})
export const listActions = endpoint('GET /api/v1/bin/actions', {
  allow: 'signedIn', summary: 'What was deleted, changed for many or merged in the last 30 days and can be taken back', query: listQuery,
  result: pageOf(UndoableAction.partial().extend({ id: z.string() })),
})
export const restoreRecord = endpoint('POST /api/v1/bin/:id/restore', {
  allow: 'signedIn', summary: 'Restore one deleted record, with its target lists and the links to it', params: byId, result: Undone,
})
export const undoAction = endpoint('POST /api/v1/bin/actions/:id/undo', {
  allow: 'signedIn',
  summary: 'Take back a whole action; of a mass action the id is that of its task. Up to 1,000 records at once, more as a background task',
  params: byId,
  status: 202,
  /** Up to 1,000 records are back when this is answered: the task says so and has its result. */
  result: taskAnswer,
})
