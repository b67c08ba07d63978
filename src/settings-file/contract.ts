/** What crosses the wire about settings as a file: all of them but secrets, out of one installation and into another. */
import { z } from 'zod'
import { endpoint } from '../platform/endpoint.ts'
import { changeScheduledJob } from '../jobs/contract.ts'
import { changeGeneral, changeOutboundEmails, General, OutboundEmails, pictureText } from '../settings/contract.ts'

export const fileFormat = 'tidings-settings'
export const fileVersion = 1

const { passwordSet: _passwordSet, ...smtp } = OutboundEmails.shape.systemSmtp.shape
const jobName = z.string()

/** As it is written: every setting that is no secret. */
export const SettingsFile = z.object({
  format: z.literal(fileFormat), version: z.literal(fileVersion), exportedAt: z.string(),
  general: General.omit({ version: true }).extend({ logo: z.object({ content: z.string() }).nullable() }),
  outboundEmails: OutboundEmails.omit({ version: true }).extend({ systemSmtp: z.object(smtp) }),
  scheduledJobs: z.record(jobName, z.object({ schedule: z.string(), status: z.enum(['active', 'inactive']) })),
})
export type SettingsFile = z.output<typeof SettingsFile>

const { systemSmtp: _smtp, ...outboundEmails } = changeOutboundEmails.body.shape

/** As it is read: what is left out stays as it is. A password in it is an unknown field: secrets travel in no file. */
export const SettingsFileInput = z.strictObject({
  format: z.literal(fileFormat, 'This is not a file of settings.'), version: z.literal(fileVersion, `This version of Tidings reads files of version ${fileVersion}.`), exportedAt: z.string().optional(),
  general: z.strictObject({ ...changeGeneral.body.shape, logo: z.strictObject({ content: pictureText }).nullable().optional() }).optional(),
  outboundEmails: z.strictObject({ ...outboundEmails, systemSmtp: z.strictObject(smtp).partial().nullable().optional() }).optional(),
  scheduledJobs: z.record(jobName, changeScheduledJob.body).optional(),
})

export const exportSettings = endpoint('GET /api/v1/settings/export', {
  allow: 'administrator', summary: 'All settings as a file: general, outbound emails, schedules of jobs; no secrets', result: SettingsFile,
})

export const FileChange = z.object({
  group: z.enum(['general', 'outboundEmails', 'scheduledJobs']),
  /** Of a job its name, a point, and `schedule` or `status`. */
  key: z.string(), before: z.unknown().optional(), after: z.unknown().optional(),
  /** A password that is not kept because host or user name are others: it must be entered anew. */
  secret: z.boolean().optional(),
})
export type FileChange = z.output<typeof FileChange>

export const importSettings = endpoint('POST /api/v1/settings/import', {
  allow: 'administrator', summary: 'Take over a file of settings, all of it or nothing; with dryRun only say what would change', status: 200,
  query: z.strictObject({ dryRun: z.enum(['true', 'false']).default('false').transform((text) => text === 'true') }),
  // Read by SettingsFileInput in the handler, so that what a schema cannot see is told together with what it can.
  body: z.record(z.string(), z.unknown()).meta({ description: 'A file as GET /api/v1/settings/export answers it; what is left out stays as it is' }),
  result: z.object({ dryRun: z.boolean(), changes: z.array(FileChange), pausedMassEmailIds: z.array(z.string()).optional() }),
})
