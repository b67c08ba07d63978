/** What a scenario is, and how one is run: an installation of its own, a fault, the checker, one result. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { quickPlace } from '../test/servers/place.ts'
import { type Expected, judge, type Verdict } from './checker.ts'
import { Database } from './database.ts'
import { gather } from './evidence.ts'
import type { Installation } from './installation.ts'
import type { MassEmail } from './mass-email.ts'
import type { Place } from './parts.ts'

export type Scenario = {
  name: string
  /** What holds although the fault happens, in one sentence. */
  promise: string
  /** Part of `npm test`. */
  quick?: true
  /** Why it cannot be run here; null when it can. */
  impossible?: () => string | null
  run(place: Place): Promise<Measured>
}

export type Measured = Verdict & { /** Slowest return after a fault, in seconds. */ recovery: number; /** A figure of this scenario's own. */ note?: string }

export type Result = { scenario: string; recipients: number; lost: number; duplicates: number; allowed: number; uncertain: number; seconds: number; ok: boolean }
  & { recovery?: number; note?: string; broken?: string[]; skipped?: string }

/** The checker's word on the mass emails of a scenario, once everything has come to its end. */
export async function measure(installation: Installation, massEmails: readonly (MassEmail & { expected?: Expected })[], note?: string): Promise<Measured> {
  await installation.stopWatching()
  const verdicts: Verdict[] = []
  for (const { id, mark, expected } of massEmails) verdicts.push(judge(await gather(installation, id, mark), expected))
  const sum = (of: (verdict: Verdict) => number) => verdicts.reduce((total, verdict) => total + of(verdict), 0)
  return {
    recipients: sum(({ recipients }) => recipients), lost: sum(({ lost }) => lost), duplicates: sum(({ duplicates }) => duplicates),
    allowed: installation.allowed, uncertain: sum(({ uncertain }) => uncertain), broken: [...new Set(verdicts.flatMap(({ broken }) => broken))],
    recovery: installation.slowestRecovery, ...(note && { note }),
  }
}

/** A scenario that breaks off has failed. */
export async function runScenario({ name, run, impossible }: Scenario): Promise<Result> {
  const nothing = { scenario: name, recipients: 0, lost: 0, duplicates: 0, allowed: 0, uncertain: 0, seconds: 0 }
  const reason = impossible?.() ?? null
  if (reason !== null) return { ...nothing, ok: true, skipped: reason }
  const start = performance.now()
  const seconds = () => Number(((performance.now() - start) / 1000).toFixed(1))
  try {
    const { recovery, note, broken, ...counts } = await inPlace(run)
    return {
      scenario: name, ...counts, seconds: seconds(), ok: broken.length === 0,
      ...(recovery > 0 && { recovery: Number(recovery.toFixed(1)) }), ...(note && { note }), ...(broken.length > 0 && { broken }),
    }
  } catch (error) {
    return { ...nothing, seconds: seconds(), ok: false, broken: [`It broke off: ${(error as Error).message}`] }
  }
}

const places = new Set<() => Promise<void>>()

/** A folder and a database server that go at the end. */
async function inPlace<Value>(work: (place: Place) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(quickPlace(), 'tidings-faults-'))
  const database = await Database.start(folder)
  const leave = async () => {
    places.delete(leave)
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
  places.add(leave)
  try {
    return await work({ folder, database })
  } finally {
    await leave()
  }
}

/** Whoever breaks off in the middle leaves no database server behind. The programs end by themselves with the process that started them. */
export async function leaveEverything(): Promise<void> {
  for (const leave of places) await leave()
}
