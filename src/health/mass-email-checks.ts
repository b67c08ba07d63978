/** Mass emails that do not go on for a reason of their own, or because no process sends them: what an account, the portion, the window, a job or the scheduler holds back is told by their checks. */
import { sql } from 'kysely'
import { timeInWords } from '../platform/date-and-time.ts'
import type { Db } from '../platform/db.ts'
import { readGeneral } from '../settings/settings.ts'
import { type Check, error, type Found, notRunning, ok, warning } from './check.ts'
import { lastRun, schedulerSeen } from './job-checks.ts'
import { type MissingSender, missingSender } from './missing-sender.ts'
import { waitingForSender } from './waiting.ts'

export type Standing = { name: string; status: string; dateStart: Date | null; notice: string | null; campaignName: string; campaignStatus: string }

const massEmails: Check = {
  code: 'massEmails',
  async look({ db, clock }, now, { stopped }) {
    const found = judgeMassEmails(await standing(db), { now, timeZone: (await readGeneral(db)).timeZone, startsRun: await startsRun(db, now) })
    // Of what is told otherwise nothing hangs on a process; whether mail goes out does.
    if (stopped) return found.level === 'ok' && (await waitingForSender(db, clock)).length > 0 ? notRunning : found
    const missing = await missingSender(db)
    return missing ? judgeMissingSender(missing, await waitingForSender(db, clock), found) : found
  },
}

/** It comes first: without a sender nothing that is mended otherwise goes on. While nothing is ready to go it is no fault yet, but somebody should know. */
export function judgeMissingSender({ message, advice }: MissingSender, waiting: readonly string[], found: Found): Found {
  const others = found.level === 'ok' ? '' : ` ${found.message}`
  if (waiting.length === 0) return warning(`${message} Nothing is ready to go at present.${others}`, advice)
  const names = waiting.slice(0, mostNamed).map((name) => `“${name}”`).join(', ')
  const more = waiting.length > mostNamed ? ` and ${waiting.length - mostNamed} more` : ''
  return error(`${message} Ready to go, and waiting for one: ${names}${more}.${others}`, advice)
}

/** Longer than a run of the job and its start can take. */
const standstillMs = 5 * 60_000
/** More names than these no sentence holds. */
const mostNamed = 3

/** `startsRun`: whether mass emails are started at all at present. */
export function judgeMassEmails(rows: readonly Standing[], { now, timeZone, startsRun }: { now: Date; timeZone: string; startsRun: boolean }): Found {
  const braked = rows.filter(({ status, campaignStatus }) => status !== 'paused' && campaignStatus !== 'active')
  const stopped = rows.filter(({ status }) => status === 'paused')
  const pending = rows.filter(({ status, campaignStatus }) => status === 'pending' && campaignStatus === 'active')
  const overdue = startsRun ? pending.filter(({ dateStart }) => now.getTime() - dateStart!.getTime() > standstillMs) : []
  const ahead = pending.filter(({ dateStart }) => dateStart! > now)
  const [first, ...others] = [
    ...tell(braked, ({ name, campaignName }) => `“${name}” waits: its campaign “${campaignName}” is not active.`, 'Set the campaign\'s status to active, or cancel the mass email.'),
    ...tell(stopped, ({ name, notice }) => `“${name}” was paused: ${notice ?? 'see its page.'}`, 'Find out why first; then resume it, or cancel it.'),
    ...tell(overdue, ({ name }) => `“${name}” is due and has not started.`, 'Open it: “Why is nothing going out?” says the reason.'),
    ...tell(ahead, ({ name, dateStart }) => `“${name}” starts only on ${timeInWords(dateStart!, timeZone)}, its Date Start.`, 'Nothing to do: it starts by itself. To send earlier, change its Date Start.'),
  ]
  if (!first) return ok('No mass email stands still.')
  return warning([first, ...others].map(({ message }) => message).join(' '), first.advice)
}

function tell(rows: readonly Standing[], sentence: (row: Standing) => string, advice: string): { message: string; advice: string }[] {
  if (rows.length === 0) return []
  const more = rows.length > mostNamed ? [`And ${rows.length - mostNamed} more like it.`] : []
  return [{ message: [...rows.slice(0, mostNamed).map(sentence), ...more].join(' '), advice }]
}

/** Pending, paused by the product itself, or under way in a campaign that is not active. */
async function standing(db: Db): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select m.name, m.status, m.date_start, m.notice, c.name as campaign_name, c.status as campaign_status
      from mass_email m join campaign c on c.id = m.campaign_id
     where m.deleted_at is null
       and (m.status = 'pending' or (m.status = 'paused' and m.paused_reason is not null and m.paused_reason <> 'byHand') or (m.status = 'inProcess' and c.status <> 'active'))
     order by m.date_start, m.id limit 200`.execute(db)
  return rows
}

/** Else the checks of the job and of the scheduler say why nothing starts. */
async function startsRun(db: Db, now: Date): Promise<boolean> {
  const job = await db.selectFrom('scheduledJob').select('status').where('name', '=', 'send-mass-emails').executeTakeFirst()
  return job?.status === 'active' && (await lastRun(db, 'send-mass-emails'))?.outcome !== 'failed' && await schedulerSeen(db, now) !== null
}

export const massEmailChecks = [massEmails]
