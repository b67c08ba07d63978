/** What crosses the wire about target lists that are kept in step with reports. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf, taskAnswer } from '../platform/endpoint.ts'
import { syncModes, syncOutcomes, syncReasons } from './codes.ts'

export const SyncRun = z.object({
  id: z.string(),
  /** Runs alike that changed nothing are one: from `since` to `at`, so many `times`. */
  at: z.string(), since: z.string(), times: z.number(),
  why: z.enum(syncReasons), byUserName: z.string().nullable(), runAsName: z.string().nullable(), massEmailId: z.string().nullable(), massEmailName: z.string().nullable(),
  outcome: z.enum(syncOutcomes),
  /** Who came, who went, and how many were in the list then. */
  added: z.number(), removed: z.number(), members: z.number(),
  /** Who was to go; where the run was held nobody went. */
  leaving: z.number(),
  error: z.string().nullable(),
})
export type SyncRun = z.output<typeof SyncRun>

export const ReportSync = z.object({
  active: z.boolean(), mode: z.enum(syncModes),
  /** A mirror that also takes out members who came by hand. */
  strict: z.boolean(),
  reportIds: z.array(z.string()),
  /** Without a name: a report that whoever asks may not see. */
  reports: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
  /** With whose rights it runs: whoever switched it on, or changed it last. */
  runAs: z.object({ id: z.string(), name: z.string(), isActive: z.boolean() }).nullable(),
  changedAt: z.string().nullable(),
  /** A campaign or mass email leaves its members out: it never loses more than half of them at once without a person. */
  excluding: z.boolean(),
  /** Why the last run changed nothing, and what to do. */
  problem: z.object({ outcome: z.enum(syncOutcomes), message: z.string(), advice: z.string() }).nullable(),
  lastRun: SyncRun.nullable(),
})
export type ReportSync = z.output<typeof ReportSync>

export const getReportSync = endpoint('GET /api/v1/target-lists/:id/report-sync', {
  allow: 'signedIn', summary: 'How a target list is kept in step with reports', params: byId, result: ReportSync,
})
export const setReportSync = endpoint('PUT /api/v1/target-lists/:id/report-sync', {
  allow: 'signedIn', summary: 'Keep a target list in step with reports, from now on with the rights of whoever asks; `active: false` stops it', params: byId,
  body: z.strictObject({
    reportIds: z.array(z.string()).max(20, 'Twenty reports are the most for one list.').optional(),
    mode: z.enum(syncModes).optional(), strict: z.boolean().optional(), active: z.boolean().default(true),
  }),
  result: ReportSync,
})
export const removeReportSync = endpoint('DELETE /api/v1/target-lists/:id/report-sync', {
  allow: 'signedIn', summary: 'A target list is not kept in step any more; its members stay', params: byId,
})
export const runReportSync = endpoint('POST /api/v1/target-lists/:id/report-sync/run', {
  allow: 'signedIn', summary: 'Bring a target list in step now; more than 1,000 people in the background', params: byId, status: 200,
  /** `careful`: as the job does it: 409 `syncHeld` where more than half of an excluding list would leave. Without it a person has decided that. */
  body: z.strictObject({ careful: z.boolean().default(false) }),
  result: z.union([z.object({ added: z.number(), removed: z.number(), members: z.number() }), taskAnswer]),
})
export const listSyncRuns = endpoint('GET /api/v1/target-lists/:id/report-sync/runs', {
  allow: 'signedIn', summary: 'What each run of it did, newest first', params: byId, query: listQuery, result: pageOf(SyncRun.partial().required({ id: true })),
})
