/** What crosses the wire about reports that are mailed on a schedule. */
import { z } from 'zod'
import { faultOfSchedule } from '../jobs/schedule.ts'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

export const attachments = ['none', 'csv', 'xlsx'] as const
export const mailOutcomes = ['queued', 'sent', 'failed', 'uncertain', 'noRows', 'leftOut'] as const

const schedule = z.string().trim().max(200).superRefine((text, context) => {
  const fault = faultOfSchedule(text)
  if (fault) context.addIssue({ code: 'custom', message: fault })
})
const shape = {
  /** The report's name where it is left out. */
  name: emptiable(z.string().trim().max(200)).optional(),
  userIds: z.array(z.string()).max(100, 'A report goes to a hundred users at most.').optional(),
  attach: z.enum(attachments).optional(),
  includeChart: z.boolean().optional(),
  /** No mail while the report finds nothing. */
  onlyIfRows: z.boolean().optional(),
  active: z.boolean().optional(),
}

export const ReportMail = z.object({
  dueAt: z.string(), at: z.string(), userId: z.string(), userName: z.string(),
  outcome: z.enum(mailOutcomes),
  /** The server's answer, or why there was no mail. */
  reply: z.string(),
})
export type ReportMail = z.output<typeof ReportMail>

export const ReportSchedule = z.object({
  id: z.string(), reportId: z.string(), reportName: z.string(), name: z.string(),
  schedule: z.string(), scheduleInWords: z.string(), timeZone: z.string(),
  /** The next five; empty while inactive. */
  nextRuns: z.array(z.string()),
  userIds: z.array(z.string()),
  /** Without an address, or inactive, nothing is mailed to somebody. */
  recipients: z.array(z.object({ id: z.string(), name: z.string(), canBeMailed: z.boolean() })),
  attach: z.enum(attachments), includeChart: z.boolean(), onlyIfRows: z.boolean(), active: z.boolean(),
  createdById: z.string().nullable(), createdByName: z.string().nullable(),
  /** Whether whoever asks may change it: as the report, or as whoever made it. */
  mayChange: z.boolean(),
  /** What came of the last ones, newest first. */
  lastMails: z.array(ReportMail),
  createdAt: z.string(), modifiedAt: z.string(), version: z.number(),
})
export type ReportSchedule = z.output<typeof ReportSchedule>

export const listReportSchedules = endpoint('GET /api/v1/report-schedules', {
  allow: 'some:Report', summary: 'Schedules on which reports are mailed', query: listQuery.extend({ reportId: z.string().optional() }),
  result: pageOf(ReportSchedule.partial().required({ id: true })),
})
export const createReportSchedule = endpoint('POST /api/v1/report-schedules', {
  allow: 'signedIn', summary: 'Mail a report on a schedule; to whoever asks where nobody is named', status: 201,
  body: z.strictObject({ reportId: z.string(), schedule, ...shape }), result: ReportSchedule,
})
export const getReportSchedule = endpoint('GET /api/v1/report-schedules/:id', { allow: 'signedIn', summary: 'A schedule, and what came of its last mails', params: byId, result: ReportSchedule })
export const changeReportSchedule = endpoint('PATCH /api/v1/report-schedules/:id', {
  allow: 'signedIn', summary: 'Change a schedule', params: byId, body: z.strictObject({ schedule: schedule.optional(), ...shape }), result: ReportSchedule,
})
export const removeReportSchedule = endpoint('DELETE /api/v1/report-schedules/:id', { allow: 'signedIn', summary: 'The report is mailed no more', params: byId })
export const leaveReportSchedule = endpoint('POST /api/v1/report-schedules/:id/leave', {
  allow: 'signedIn', summary: 'It is mailed no more to whoever asks, who need not be allowed to change it', params: byId,
})
export const sendReportToMe = endpoint('POST /api/v1/report-schedules/:id/send-to-me', {
  allow: 'signedIn', summary: 'Mail the report now to whoever asks, as the schedule would', params: byId, status: 200, result: z.object({ to: z.string() }),
})
