/** Why nothing of a mass email is going out: every reason there is, in the order in which they are met. Empty while mail goes out, or when all is done. */
import { sql } from 'kysely'
import { approvalReasons } from '../campaign/approval.ts'
import { audienceOf } from '../campaign/lists.ts'
import type { NoticeCode } from '../campaign/refusal.ts'
import { type Hold, holdsOf } from '../list-sync/before-freeze.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { startRole } from './check.ts'
import type { Why } from './contract.ts'
import { schedulerSeen } from './job-checks.ts'
import { missingSender } from './missing-sender.ts'
import { nextRun } from './next-portion.ts'
import { accountLimitReason, accountsOf, brokenReason, domainReason, portionReason, windowReason } from './pace-reasons.ts'

type Reason = Why['reasons'][number]

export async function whyNothingGoesOut(db: Db, clock: Clock, massEmailId: string, now: Date): Promise<Reason[]> {
  const massEmail = await readMassEmail(db, massEmailId)
  const approval = await approvalReasons(db, massEmail)
  if (approval.length > 0) return approval
  if (massEmail.status === 'draft') return draftReasons(db, massEmail)
  if (massEmail.status === 'paused') return [pausedReason(massEmail), ...campaignReasons(massEmail)]
  if (massEmail.status === 'pending') return pendingReasons(db, massEmail, now)
  if (massEmail.status === 'inProcess') return inProcessReasons(db, clock, massEmail, now)
  return []
}

type MassEmail = Awaited<ReturnType<typeof readMassEmail>>

async function readMassEmail(db: Db, id: string) {
  const row = isId(id)
    ? await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
      .select(['massEmail.id', 'massEmail.status', 'massEmail.dateStart', 'massEmail.notice', 'massEmail.noticeCode', 'massEmail.pausedReason', 'massEmail.openedThrough', 'massEmail.accountId', 'massEmail.sharedAccountIds', 'massEmail.frozen', 'campaign.status as campaignStatus'])
      .where('massEmail.id', '=', id).where('massEmail.deletedAt', 'is', null).executeTakeFirst()
    : undefined
  if (!row) throw notFound('mass email', id)
  return row
}

/** Why it came back to Draft, or was refused; and that nobody would get it, where that is plain to see. */
async function draftReasons(db: Db, { id, notice, noticeCode }: MassEmail): Promise<Reason[]> {
  const reasons: Reason[] = [notice === null
    ? { code: 'draft', message: 'It is a draft.', advice: 'Check the audience and the pre-flight, then schedule it.' }
    : { code: noticeCode as NoticeCode | null ?? 'draft', message: notice, advice: 'Mend that, then schedule it again.' }]
  if (noticeCode !== 'emptyAudience' && await hasNoMembers(db, id)) {
    reasons.push({ code: 'emptyAudience', message: 'Nobody is in its target lists.', advice: 'Add people to them, or choose other lists.' })
  }
  return reasons
}

/** Asked in a moment, unlike a funnel. What a report fills just before it starts is not empty yet. */
async function hasNoMembers(db: Db, massEmailId: string): Promise<boolean> {
  const { targetListIds } = await audienceOf(db, massEmailId)
  if (targetListIds.length === 0) return false
  const { rows } = await sql`
    select from target_list_member where target_list_id = any(${targetListIds}::uuid[])
    union all select from report_sync where active and target_list_id = any(${targetListIds}::uuid[]) limit 1`.execute(db)
  return rows.length === 0
}

function pausedReason({ pausedReason: reason, notice, noticeCode }: MassEmail): Reason {
  if (noticeCode === 'preflightFailed') return { code: 'preflightFailed', message: notice!, advice: 'Mend that, then resume it.' }
  if (reason === 'safetyStop') return { code: 'paused', message: notice ?? 'The safety stop paused it.', advice: 'Find out why first; then resume it, or cancel it.' }
  if (reason === 'accountChanged') {
    return { code: 'paused', message: 'It was made for the Sandbox and is paused since a real account was set.', advice: 'Resume what is pending; cancel what was frozen for the Sandbox and make it again.' }
  }
  return { code: 'paused', message: 'It is paused.', advice: 'Resume it when it should go on.' }
}

async function pendingReasons(db: Db, massEmail: MassEmail, now: Date): Promise<Reason[]> {
  const { id, dateStart } = massEmail
  const notDue: Reason[] = dateStart! > now ? [{ code: 'notDue', message: 'Its Date Start lies ahead.', advice: 'Nothing to do: it starts by itself.', until: dateStart!.toISOString() }] : []
  const holds = notDue.length === 0 ? await holdsOf(db, id) : []
  return orNoRunYet(db, now, [...notDue, ...campaignReasons(massEmail), ...holds.map(heldReason), ...await jobReasons(db, now), ...await senderReasons(db)])
}

const heldReason = ({ targetListId, name, message, advice }: Hold): Reason => ({ code: 'syncHeld', targetListId, message: `The target list “${name}” is not in step with its reports: ${message}`, advice })

async function inProcessReasons(db: Db, clock: Clock, massEmail: MassEmail, now: Date): Promise<Reason[]> {
  const waiting = await waitingOf(db, massEmail, now)
  const noSender = await senderReasons(db)
  if (!waiting.isOpen && !waiting.isClosed) return [...waiting.isOnTheWire ? [] : await laterReasons(db, massEmail, now), ...noSender]
  const accounts = await accountsOf(db, massEmail)
  const reasons = [
    ...campaignReasons(massEmail), ...present(brokenReason(accounts, now)), ...present(await windowReason(db, now)),
    ...present(await portionReason(db, clock) ?? await accountLimitReason(db, clock, accounts)),
  ]
  if (waiting.isOpen) return [...reasons, ...noSender]
  return orNoRunYet(db, now, [...reasons, ...await jobReasons(db, now), ...noSender])
}

/** Nothing is due: what is left waits for its own time, or for its domain. */
async function laterReasons(db: Db, massEmail: MassEmail, now: Date): Promise<Reason[]> {
  const rest = await domainReason(db, massEmail.id) ?? await putOffReason(db, massEmail.id, now) ?? await uncertainReason(db, massEmail.id)
  return rest ? [...campaignReasons(massEmail), rest] : []
}

async function putOffReason(db: Db, massEmailId: string, now: Date): Promise<Reason | null> {
  const { rows: [next] } = await sql<{ until: Date | null; count: number }>`
    select min(due_at) as until, count(*) as count from delivery where mass_email_id = ${massEmailId} and status = 'pending' and not test and due_at > ${now}`.execute(db)
  if (!next?.until) return null
  return { code: 'notDue', message: `${next.count} ${next.count === 1 ? 'is' : 'are'} tried again later: their servers put them off.`, advice: 'Nothing to do: they go by themselves. Each delivery says what its server answered.', until: next.until.toISOString() }
}

async function uncertainReason(db: Db, massEmailId: string): Promise<Reason | null> {
  const { rows } = await sql`select from delivery where mass_email_id = ${massEmailId} and status = 'uncertain' and not test limit 1`.execute(db)
  if (rows.length === 0) return null
  return { code: 'notDue', message: 'Of what is left nobody knows whether it arrived: it is sent again after a while, with the same Message-ID.', advice: 'Nothing to do. Or decide about it yourself under Unknown.' }
}

const campaignReasons = ({ campaignStatus }: MassEmail): Reason[] => (campaignStatus === 'active' ? [] : [campaignNotActive])

const campaignNotActive: Reason = {
  code: 'campaignNotActive', message: 'Its campaign is not active: that is a brake on all its mass emails.', advice: 'Set the campaign\'s status to active.',
}

async function jobReasons(db: Db, now: Date): Promise<Reason[]> {
  const job = await db.selectFrom('scheduledJob').select('status').where('name', '=', 'send-mass-emails').executeTakeFirst()
  if (job?.status !== 'active') {
    return [{ code: 'jobInactive', message: 'The job Send Mass Emails is inactive.', advice: 'Activate it in Administration > Scheduled Jobs, or press Run now there.' }]
  }
  if (!(await schedulerSeen(db, now))) {
    return [{ code: 'schedulerDead', message: 'The scheduler has not been seen for more than three minutes.', advice: startRole('worker') }]
  }
  return []
}

/** The wire is somebody else's: without a sender nothing goes out, and what a dead one had in its hands stays there. */
async function senderReasons(db: Db): Promise<Reason[]> {
  const missing = await missingSender(db)
  return missing ? [{ code: 'schedulerDead', ...missing }] : []
}

/** Where nothing else stands in the way the next run takes care of it. */
async function orNoRunYet(db: Db, now: Date, reasons: Reason[]): Promise<Reason[]> {
  const next = reasons.length === 0 ? await nextRun(db, now) : null
  if (!next) return reasons
  return [{ code: 'noRunYet', message: 'It waits for the next run of Send Mass Emails.', advice: 'Nothing to do, or press Run now in Administration > Scheduled Jobs.', until: next.toISOString() }]
}

/** What is due, in what is open and behind it; and whether something is on its way at this moment. */
async function waitingOf(db: Db, { id, openedThrough }: MassEmail, now: Date): Promise<{ isOpen: boolean; isClosed: boolean; isOnTheWire: boolean }> {
  const due = sql`select from delivery where mass_email_id = ${id} and status = 'pending' and not test and due_at <= ${now}`
  const { rows } = await sql<{ isOpen: boolean; isClosed: boolean; isOnTheWire: boolean }>`
    select exists (${due} and id <= ${openedThrough}) as is_open, exists (${due} and id > ${openedThrough}) as is_closed,
           exists (select from delivery where mass_email_id = ${id} and status = 'sending' and not test) as is_on_the_wire`.execute(db)
  return rows[0]!
}

const present = (reason: Reason | null): Reason[] => (reason ? [reason] : [])
