/** The safety stop: a mass email that meets too many dead addresses or complaints is paused, and its owner is told. Asked each second. */
import { sql } from 'kysely'
import { lockMassEmail, takeStep } from '../campaign/steps.ts'
import type { Db, Tx } from '../platform/db.ts'
import { tellSafetyStop, tellWarning } from './mass-email-notices.ts'
import { dangerOf, hardBounces, isWorthWarning, judged, safetyLimits, type SafetyNumbers } from './safety.ts'

/** Looks at these mass emails, or at all, as far as they are in process. Answers how many were paused. */
export async function stopHarmful(db: Db, now: Date, massEmailIds: Iterable<string> | null = null): Promise<number> {
  let stopped = 0
  for (const { id, numbers, accepted } of await suspects(db, massEmailIds && [...massEmailIds])) {
    if (dangerOf(numbers, accepted)) stopped += await stop(db, id, now)
    else if (isWorthWarning(numbers)) await tellWarning(db, id, numbers, now)
  }
  return stopped
}

type Suspect = { id: string; numbers: SafetyNumbers; accepted: SafetyNumbers | null }

/** Only those of which the figures alone say that they may be in danger: dead addresses are counted for them, not for all. */
async function suspects(db: Db, ids: string[] | null): Promise<Suspect[]> {
  const { rows } = await sql<{ id: string; accepted: SafetyNumbers | null }>`
    select m.id, m.safety_accepted as accepted
      from mass_email m join figure f on f.mass_email_id = m.id
     where m.status = 'inProcess' and m.deleted_at is null and ${ids ? sql`m.id = any(${ids}::uuid[])` : sql`true`} and not f.machine and f.metric in ('sent', 'failed', 'bouncedHard', 'complained')
     group by m.id
    having coalesce(sum(f.count) filter (where f.metric in ('sent', 'failed')), 0) >= ${safetyLimits.fromSent}
       and (coalesce(sum(f.count) filter (where f.metric in ('failed', 'bouncedHard')), 0) >= ${safetyLimits.hardAtLeast}
            or coalesce(sum(f.count) filter (where f.metric = 'complained'), 0) > 0)`.execute(db)
  return Promise.all(rows.map(async ({ id, accepted }) => ({ id, accepted, numbers: await safetyNumbers(db, id) })))
}

/** The numbers are asked again under the lock: a person may have let it go on meanwhile. */
const stop = (db: Db, id: string, now: Date): Promise<number> => db.transaction().execute(async (tx) => {
  const { status, safetyAccepted } = await lockMassEmail(tx, id)
  const numbers = await safetyNumbers(tx, id)
  const danger = status === 'inProcess' ? dangerOf(numbers, safetyAccepted as SafetyNumbers | null) : null
  // With nothing left to send there is nothing to stop: it is about to be Complete.
  if (!danger || !(await hasUnsent(tx, id))) return 0
  const notice = danger === 'hardBounces'
    ? `Paused by the safety stop: ${share(hardBounces(numbers), numbers)} bounced hard or do not exist (limit ${percent(safetyLimits.hardShare)}). Look at where the addresses come from. Resumed, it stops again only if it gets worse.`
    : `Paused by the safety stop: ${share(numbers.complained, numbers)} complained about it (limit ${percent(safetyLimits.complaintShare)}). Look at who is in its lists and why. Resumed, it stops again only if it gets worse.`
  await takeStep(tx, id, 'pause', now, { pausedReason: 'safetyStop', notice })
  await tellSafetyStop(tx, id, notice, now)
  return 1
})

const hasUnsent = async (tx: Tx, id: string): Promise<boolean> =>
  (await sql`select from delivery where mass_email_id = ${id} and status in ('pending', 'sending') and not test limit 1`.execute(tx)).rows.length > 0

/** With what a person lets it go on; null for one that was paused for another reason. */
export const acceptedNumbers = async (tx: Tx, { id, pausedReason }: { id: string; pausedReason: string | null }): Promise<SafetyNumbers | null> =>
  (pausedReason === 'safetyStop' ? safetyNumbers(tx, id) : null)

export async function safetyNumbers(db: Db, massEmailId: string): Promise<SafetyNumbers> {
  const { rows } = await sql<SafetyNumbers>`
    select coalesce(sum(count) filter (where metric = 'sent'), 0)::int as sent,
           coalesce(sum(count) filter (where metric = 'bouncedHard'), 0)::int as bounced_hard,
           coalesce(sum(count) filter (where metric = 'complained'), 0)::int as complained,
           (select count(*)::int from delivery where mass_email_id = ${massEmailId} and reason_code = 'deadAddress' and status = 'failed' and not test) as dead
      from figure where mass_email_id = ${massEmailId} and not machine and metric in ('sent', 'bouncedHard', 'complained')`.execute(db)
  return rows[0]!
}

const share = (count: number, numbers: SafetyNumbers) => `${count} of ${judged(numbers)} addresses (${percent(count / judged(numbers))})`
const percent = (part: number) => part.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 })
