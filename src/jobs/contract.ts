/** What crosses the wire about scheduled jobs. */
import { z } from 'zod'
import { endpoint, listQuery, pageOf, taskAnswer } from '../platform/endpoint.ts'
import { faultOfSchedule } from './schedule.ts'

export const JobRun = z.object({
  id: z.string(), byHand: z.boolean(), outcome: z.enum(['running', 'done', 'failed', 'lost']),
  startedAt: z.string(), endedAt: z.string().nullable(), counts: z.record(z.string(), z.number()), error: z.string().nullable(),
})

export const ScheduledJob = z.object({
  name: z.string(), title: z.string(),
  schedule: z.string(),
  /** The schedule for people: "Every minute". */
  scheduleInWords: z.string(),
  status: z.enum(['active', 'inactive']),
  /** The next five; empty while inactive. */
  nextRuns: z.array(z.string()),
  lastRun: JobRun.nullable(),
  /** The last twelve, newest first. */
  recentRuns: z.array(JobRun),
  version: z.number(),
})
export type ScheduledJob = z.output<typeof ScheduledJob>

/** `fault`: why it is no schedule, in words; then the rest is empty. */
export const SchedulePreview = z.object({ fault: z.string().nullable(), scheduleInWords: z.string(), nextRuns: z.array(z.string()) })

const byName = z.object({ name: z.string() })

export const listScheduledJobs = endpoint('GET /api/v1/scheduled-jobs', {
  allow: 'administrator', summary: 'Scheduled jobs', query: listQuery, result: pageOf(ScheduledJob.partial()),
})
export const previewSchedule = endpoint('GET /api/v1/scheduled-jobs/preview', {
  allow: 'administrator', summary: 'A schedule in words with its next five times, before it is saved', query: z.strictObject({ schedule: z.string().max(200) }), result: SchedulePreview,
})
export const getScheduledJob = endpoint('GET /api/v1/scheduled-jobs/:name', { allow: 'administrator', summary: 'One scheduled job', params: byName, result: ScheduledJob })

export const changeScheduledJob = endpoint('PATCH /api/v1/scheduled-jobs/:name', {
  allow: 'administrator', summary: 'Change schedule or status of a job', params: byName,
  body: z.strictObject({
    schedule: z.string().trim().max(200).superRefine((schedule, context) => {
      const fault = faultOfSchedule(schedule)
      if (fault) context.addIssue({ code: 'custom', message: fault })
    }),
    status: z.enum(['active', 'inactive']),
  }).partial(),
  result: ScheduledJob,
})

export const runScheduledJob = endpoint('POST /api/v1/scheduled-jobs/:name/run', {
  allow: 'administrator', summary: 'Run now, also when inactive; queues behind a run that is on', params: byName, status: 202, result: taskAnswer,
})

export const listJobRuns = endpoint('GET /api/v1/scheduled-jobs/:name/log', {
  allow: 'administrator', summary: 'The runs of a job, newest first', params: byName, query: listQuery, result: pageOf(JobRun.partial()),
})
