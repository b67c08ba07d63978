/** Is the scheduler alive, and do the jobs run that mail depends on? */
import { lastDue } from '../jobs/schedule.ts'
import { timeInWords } from '../platform/date-and-time.ts'
import type { Db } from '../platform/db.ts'
import { readGeneral } from '../settings/settings.ts'
import { type Check, error, ok, startRole, unknown, warning } from './check.ts'
import type { CheckCode } from './codes.ts'

/** The scheduler looks each second and notes each due time. */
const deadAfterMs = 3 * 60_000

/** When the scheduler last noted a due time; null when one fell due since and was not noted for too long. */
export async function schedulerSeen(db: Db, now: Date): Promise<Date | null> {
  const jobs = await db.selectFrom('scheduledJob').select(['schedule', 'checkedUntil']).execute()
  const { timeZone } = await readGeneral(db)
  const late = new Date(now.getTime() - deadAfterMs)
  if (jobs.length === 0 || jobs.some(({ schedule, checkedUntil }) => lastDue(schedule, checkedUntil, late, timeZone) !== null)) return null
  return new Date(Math.max(...jobs.map(({ checkedUntil }) => checkedUntil.getTime())))
}

const scheduler: Check = {
  code: 'scheduler',
  async look({ db }, now) {
    return (await schedulerSeen(db, now))
      ? ok('The scheduler is alive.')
      : error('The scheduler has not been seen for more than three minutes.', startRole('worker'))
  },
}

/** `without`: what does not happen while the job is inactive. */
const jobCheck = (code: CheckCode, name: string, title: string, without: string): Check => ({
  code,
  async look({ db }, now) {
    const job = await db.selectFrom('scheduledJob').select('status').where('name', '=', name).executeTakeFirst()
    if (job?.status !== 'active') return error(`The job ${title} is inactive: ${without}.`, 'Activate it in Administration > Scheduled Jobs.')
    const last = await lastRun(db, name)
    if (last?.outcome === 'failed') return error(`The last run failed: ${last.error}`, 'Look at the job\'s log in Administration > Scheduled Jobs, then press Run now.')
    if (!(await schedulerSeen(db, now))) return unknown('It is active, and nothing starts it: see what the check “Scheduler” says.')
    if (last?.outcome === 'lost') return warning('The last run was lost with its process.', 'The next run goes on. If it happens again, look at the program\'s log.')
    return ok(last ? `It last ran on ${timeInWords(last.startedAt, (await readGeneral(db)).timeZone)}.` : 'Active; it has not run yet.')
  },
})

export const lastRun = (db: Db, job: string) => db.selectFrom('scheduledJobRun').select(['outcome', 'error', 'startedAt']).where('job', '=', job)
  .orderBy('startedAt', 'desc').limit(1).executeTakeFirst()

export const jobChecks = [
  scheduler,
  jobCheck('jobSendMassEmails', 'send-mass-emails', 'Send Mass Emails', 'nothing new is sent'),
  jobCheck('jobCheckGroupEmailAccounts', 'check-group-email-accounts', 'Check Group Email Accounts', 'nothing that comes back is read'),
]
