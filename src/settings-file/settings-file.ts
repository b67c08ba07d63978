/** All settings out into a file and in again, in one transaction. Secrets are in no file; a password that is here stays where host and user name stay. */
import type { z } from 'zod'
import type { Db, Tx } from '../platform/db.ts'
import { type Fault, invalid } from '../platform/errors.ts'
import { faultsOf } from '../platform/zod-faults.ts'
import { changeJob } from '../jobs/change-job.ts'
import { applyGeneral, applyOutboundEmails, type By, type GeneralChange, type OnOutboundChange } from '../settings/change.ts'
import type { ChangedField } from '../settings/history.ts'
import { keepImage, readImage } from '../settings/images.ts'
import { addressFaults, presentOutboundEmails, readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { type FileChange, fileFormat, fileVersion, type SettingsFile, SettingsFileInput } from './contract.ts'

export async function writeSettingsFile(db: Db, now: Date): Promise<SettingsFile> {
  const { version: _general, logo, ...general } = await readGeneral(db)
  const image = logo === null ? undefined : await readImage(db, logo)
  const { version: _outbound, systemSmtp: { passwordSet: _set, ...systemSmtp }, ...outboundEmails } = presentOutboundEmails(await readOutboundEmails(db))
  const jobs = await db.selectFrom('scheduledJob').select(['name', 'schedule', 'status']).orderBy('name').execute()
  return {
    format: fileFormat, version: fileVersion, exportedAt: now.toISOString(), general: { ...general, logo: image ? { content: image.content.toString('base64') } : null }, outboundEmails: { ...outboundEmails, systemSmtp },
    scheduledJobs: Object.fromEntries(jobs.map(({ name, schedule, status }) => [name, { schedule, status: status as 'active' | 'inactive' }])),
  }
}

export type Imported = { dryRun: boolean; changes: FileChange[]; pausedMassEmailIds?: string[] }

/** A dry run does everything and takes it back, so what it says is what would happen. */
export async function takeOverSettings(db: Db, file: unknown, dryRun: boolean, by: By, onOutboundChange: OnOutboundChange): Promise<Imported> {
  const settings = await readFile(db, file)
  const undone = new Undone()
  let imported: Imported | undefined
  try {
    await db.transaction().execute(async (tx) => {
      imported = { dryRun, ...await apply(tx, settings, { ...by, how: 'imported' }, onOutboundChange) }
      if (dryRun) throw undone
    })
  } catch (error) {
    if (error !== undone) throw error
  }
  return imported!
}

class Undone extends Error {}

type Input = z.output<typeof SettingsFileInput>

async function apply(tx: Tx, { general, outboundEmails, scheduledJobs = {} }: Input, by: By, onOutboundChange: OnOutboundChange): Promise<Omit<Imported, 'dryRun'>> {
  const changes: FileChange[] = []
  const add = (group: FileChange['group'], fields: readonly ChangedField[]) => changes.push(...fields.map((field) => ({ group, ...field })))
  if (general) add('general', (await applyGeneral(tx, await withImage(tx, general, by), by)).fields)
  const outbound = outboundEmails && await applyOutboundEmails(tx, outboundEmails, by, onOutboundChange)
  if (outbound) add('outboundEmails', outbound.fields)
  for (const [name, change] of Object.entries(scheduledJobs)) add('scheduledJobs', await jobFields(tx, name, change, by))
  const paused = outbound?.settings.pausedMassEmailIds
  return { changes, ...(paused && { pausedMassEmailIds: paused }) }
}

/** The picture travels in the file; here it is kept, and named by its id. */
async function withImage(tx: Tx, { logo, ...general }: NonNullable<Input['general']>, { actor, now }: By): Promise<GeneralChange> {
  return { ...general, ...(logo !== undefined && { logo: logo && await keepImage(tx, logo.content, { userId: actor.userId, now }, 'general.logo') }) }
}

/** A job that has this schedule already is left alone: a new one would count from now. */
async function jobFields(tx: Tx, name: string, change: NonNullable<Input['scheduledJobs']>[string], { actor, now }: By): Promise<ChangedField[]> {
  const before = await tx.selectFrom('scheduledJob').select(['schedule', 'status']).where('name', '=', name).forUpdate().executeTakeFirstOrThrow()
  const fields = (['schedule', 'status'] as const).filter((key) => change[key] !== undefined && change[key] !== before[key])
  if (fields.length > 0) await changeJob(tx, actor, name, Object.fromEntries(fields.map((key) => [key, change[key]])), now)
  return fields.map((key) => ({ key: `${name}.${key}`, before: before[key], after: change[key] }))
}

/** All faults at once: those of the shape, and those that a shape does not know. */
async function readFile(db: Db, file: unknown): Promise<Input> {
  const read = SettingsFileInput.safeParse(file)
  const faults = [...(read.success ? [] : faultsOf(read.error)), ...addressFaults(partOf(file, 'outboundEmails'), 'outboundEmails.'), ...await jobFaults(db, partOf(file, 'scheduledJobs'))]
  if (faults.length > 0) throw invalid(faults)
  return read.data!
}

const partOf = (file: unknown, name: string): Record<string, unknown> => {
  const part = typeof file === 'object' && file !== null ? (file as Record<string, unknown>)[name] : undefined
  return typeof part === 'object' && part !== null ? part as Record<string, unknown> : {}
}

async function jobFaults(db: Db, jobs: object): Promise<Fault[]> {
  const known = new Set((await db.selectFrom('scheduledJob').select('name').execute()).map(({ name }) => name))
  return Object.keys(jobs).filter((name) => !known.has(name)).map((name) => ({ path: `scheduledJobs.${name}`, message: 'There is no such job.' }))
}
