/** Why nothing of a mass email is going out: every reason there is, in the order in which they are met. Empty while mail goes out, or when all is done. */
import { sql } from 'kysely'
import { type Hold, holdsOf } from '../list-sync/before-freeze.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { Why } from './contract.ts'
import { schedulerSeen } from './job-checks.ts'
import { nextRun } from './next-portion.ts'
import { accountLimitReason, accountsOf, brokenReason, domainReason, portionReason, windowReason } from './pace-reasons.ts'

type Reason = Why['reasons'][number]

export async function whyNothingGoesOut(db: Db, clock: Clock, massEmailId: string, now: Date): Promise<Reason[]> {
  const massEmail = await readMassEmail(db, massEmailId)
  if (massEmail.status === 'draft') return draftReasons(massEmail)
  if (massEmail.status === 'paused') return [pausedReason(massEmail)]
  if (massEmail.status === 'pending') return pendingReasons(db, massEmail, now)
  if (massEmail.status === 'inProcess') return inProcessReasons(db, clock, massEmail, now)
  return []
}

type MassEmail = Awaited<ReturnType<typeof readMassEmail>>

async function readMassEmail(db: Db, id: string) {
  const row = isId(id)
    ? await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
      .select(['massEmail.id', 'massEmail.status', 'massEmail.dateStart', 'massEmail.notice', 'massEmail.pausedReason', 'massEmail.openedThrough', 'massEmail.accountId', 'massEmail.sharedAccountIds', 'massEmail.frozen', 'campaign.status as campaignStatus'])
      .where('massEmail.id', '=', id).where('massEmail.deletedAt', 'is', null).executeTakeFirst()
    : undefined
  if (!row) throw notFound('mass email', id)
  return row
}

/** The notice says why it came back to Draft by itself; nobody included is the one that has a code. */
function draftReasons({ notice }: MassEmail): Reason[] {
  if (notice === null) return [{ code: 'draft', message: 'It is a draft.', advice: 'Check the audience and the pre-flight, then schedule it.' }]
  const code = /nobody/i.test(notice) ? 'emptyAudience' : 'draft'
  return [{ code, message: notice, advice: 'Mend that, then schedule it again.' }]
}

function pausedReason({ pausedReason: reason, notice }: MassEmail): Reason {
  if (reason === 'safetyStop') return { code: 'paused', message: notice ?? 'The safety stop paused it.', advice: 'Find out why first; then resume it, or cancel it.' }
  if (reason === 'accountChanged') {
    return { code: 'paused', message: 'It was made for the Sandbox and is paused since a real account was set.', advice: 'Resume what is pending; cancel what was frozen for the Sandbox and make it again.' }
  }
  return { code: 'paused', message: 'It is paused.', advice: 'Resume it when it should go on.' }
}

async function pendingReasons(db: Db, { id, dateStart, campaignStatus }: MassEmail, now: Date): Promise<Reason[]> {
  if (dateStart! > now) {
    return [{ code: 'notDue', message: 'Its Date Start lies ahead.', advice: 'Nothing to do: it starts by itself.', until: dateStart!.toISOString() }]
  }
  if (campaignStatus !== 'active') return [campaignNotActive]
  const holds = await holdsOf(db, id)
  return [...holds.map(heldReason), ...(await jobReasons(db, now)), ...(holds.length === 0 ? await noRunYet(db, now) : [])]
}

const heldReason = ({ targetListId, name, message, advice }: Hold): Reason => ({ code: 'syncHeld', targetListId, message: `The target list “${name}” is not in step with its reports: ${message}`, advice })

async function inProcessReasons(db: Db, clock: Clock, massEmail: MassEmail, now: Date): Promise<Reason[]> {
  if (massEmail.campaignStatus !== 'active') return [campaignNotActive]
  if (!(await hasWaiting(db, massEmail.id, now))) return present(await domainReason(db, massEmail.id))
  const accounts = await accountsOf(db, massEmail)
  const standstill = brokenReason(accounts, now) ?? await windowReason(db, now)
  if (standstill) return [standstill]
  if (massEmail.openedThrough > 0) return present(await accountLimitReason(db, clock, accounts))
  const used = await portionReason(db, clock)
  const jobs = await jobReasons(db, now)
  return used ? [used, ...jobs] : [...jobs, ...(await noRunYet(db, now))]
}

const campaignNotActive: Reason = {
  code: 'campaignNotActive', message: 'Its campaign is not active: that is a brake on all its mass emails.', advice: 'Set the campaign\'s status to active.',
}

async function jobReasons(db: Db, now: Date): Promise<Reason[]> {
  const job = await db.selectFrom('scheduledJob').select('status').where('name', '=', 'send-mass-emails').executeTakeFirst()
  if (job?.status !== 'active') {
    return [{ code: 'jobInactive', message: 'The job Send Mass Emails is inactive.', advice: 'Activate it in Administration > Scheduled Jobs, or press Run now there.' }]
  }
  if (!(await schedulerSeen(db, now))) {
    return [{ code: 'schedulerDead', message: 'The scheduler has not been seen for more than three minutes.', advice: 'Start a process with the role worker, or look at the program\'s log.' }]
  }
  return []
}

/** Only where nothing else stands in the way: the next run takes care of it. */
async function noRunYet(db: Db, now: Date): Promise<Reason[]> {
  const next = await nextRun(db, now)
  if (!next) return []
  return [{ code: 'noRunYet', message: 'It waits for the next run of Send Mass Emails.', advice: 'Nothing to do, or press Run now in Administration > Scheduled Jobs.', until: next.toISOString() }]
}

/** Deferred deliveries wait for their own time; that is no standstill. */
async function hasWaiting(db: Db, massEmailId: string, now: Date): Promise<boolean> {
  const { rows } = await sql`select from delivery where mass_email_id = ${massEmailId} and status = 'pending' and not test and due_at <= ${now} limit 1`.execute(db)
  return rows.length > 0
}

const present = (reason: Reason | null): Reason[] => (reason ? [reason] : [])
