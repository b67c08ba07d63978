/** Is the scheduler alive, and does the job that sends run? */
import type { Db } from '../platform/db.ts'
import { type Check, error, ok, warning } from './check.ts'

/** The scheduler looks each second and notes each due time; a job of every minute is never older than this while it lives. */
const deadAfterMs = 3 * 60_000

/** When the scheduler last noted a due time of the job that runs each minute; null when it is too long ago or never. */
export async function schedulerSeen(db: Db, now: Date): Promise<Date | null> {
  const row = await db.selectFrom('scheduledJob').select((eb) => eb.fn.max('checkedUntil').as('seen')).executeTakeFirst()
  return row?.seen && now.getTime() - row.seen.getTime() < deadAfterMs ? row.seen : null
}

const scheduler: Check = {
  code: 'scheduler',
  async look({ db }, now) {
    return (await schedulerSeen(db, now))
      ? ok('The scheduler is alive.')
      : error('The scheduler has not been seen for more than three minutes.', 'Start a process with the role worker (TIDINGS_ROLES), or look at its log.')
  },
}

/** `without`: what does not happen while the job is inactive. */
const jobCheck = (code: string, name: string, title: string, without: string): Check => ({
  code,
  async look({ db }) {
    const job = await db.selectFrom('scheduledJob').select('status').where('name', '=', name).executeTakeFirst()
    if (job?.status !== 'active') return error(`The job ${title} is inactive: ${without}.`, 'Activate it in Administration > Scheduled Jobs.')
    const last = await db.selectFrom('scheduledJobRun').select(['outcome', 'error', 'startedAt']).where('job', '=', name)
      .orderBy('startedAt', 'desc').limit(1).executeTakeFirst()
    if (last?.outcome === 'failed') return error(`The last run failed: ${last.error}`, 'Look at the job\'s log in Administration > Scheduled Jobs, then press Run now.')
    if (last?.outcome === 'lost') return warning('The last run was lost with its process.', 'The next run goes on. If it happens again, look at the program\'s log.')
    return ok(last ? `Last run ${last.startedAt.toISOString()}.` : 'Active; it has not run yet.')
  },
})

export const jobChecks = [
  scheduler,
  jobCheck('jobSendMassEmails', 'send-mass-emails', 'Send Mass Emails', 'nothing new is sent'),
  jobCheck('jobCheckGroupEmailAccounts', 'check-group-email-accounts', 'Check Group Email Accounts', 'nothing that comes back is read'),
]
