/** What holds mail back: accounts that fail, a portion that is used up, mass emails that stand still. */
import { sql } from 'kysely'
import type { Ground } from '../platform/ground.ts'
import { adviceFor } from '../outbound/advice.ts'
import { type Account, accountsInUse, ehloNameFor, smtpTarget } from '../outbound/accounts.ts'
import { testAccount } from '../outbound/account-test.ts'
import { publicUrlOf, readGeneral } from '../settings/settings.ts'
import { type Check, error, ok, warning } from './check.ts'
import { nextPortion } from './next-portion.ts'

const smtp: Check = {
  code: 'smtp', network: true,
  async look(ground) {
    const accounts = await accountsInUse(ground.db)
    if (accounts.length === 0) return error('There is no way out for mail yet.', 'Start a process with the role sender; it opens the Sandbox.')
    const faults = (await Promise.all(accounts.map((account) => faultOf(ground, account)))).filter((fault) => fault !== null)
    if (faults[0]) return error(faults.map(({ message }) => message).join(' '), `${faults[0].advice} Administration > Outbound accounts tests it.`)
    return accounts[0]!.kind === 'sandbox'
      ? warning('Mail goes to the Sandbox: it is captured, nothing leaves.', 'Set an SMTP server in Administration > Outbound Emails when you want to send for real.')
      : ok(`${accounts.map(nameOf).join(', ')} ${accounts.length === 1 ? 'takes' : 'take'} mail.`)
  },
}

/** The system's words and what to do, when an account does not let us in. */
async function faultOf(ground: Ground, account: Account): Promise<{ message: string; advice: string } | null> {
  const target = smtpTarget(ground, account, ehloNameFor(publicUrlOf(await readGeneral(ground.db))))
  const outcome = await testAccount(target, null)
  return outcome.kind === 'sent' ? null : { message: `${nameOf(account)}: ${outcome.reply}`, advice: adviceFor(outcome, target).advice }
}

const nameOf = ({ kind, host, port }: Account): string => (kind === 'sandbox' ? 'The Sandbox' : `${host}:${port}`)

const portion: Check = {
  code: 'portion',
  async look({ db, clock }) {
    const { limit, used, freeAt, nextAt } = await nextPortion(db, clock)
    if (limit === null) return ok(`${used} sent in the last hour; there is no limit.`)
    if (!freeAt) return ok(`${used} of ${limit} sent in the last hour.`)
    const next = nextAt ? ` The next portion goes at ${nextAt.toISOString()}.` : ''
    return warning(`The portion of this hour is used up: ${used} of ${limit}.${next}`, 'Wait, or raise the maximum per hour in Administration > Outbound Emails.')
  },
}

/** Longer than a run of the job and its start can take. */
const standstillMs = 5 * 60_000

const massEmails: Check = {
  code: 'massEmails',
  async look({ db }, now) {
    const names = [...(await overdue(db, now)), ...(await held(db))]
    return names.length === 0
      ? ok('No mass email is overdue.')
      : warning(`Standing still: ${names.join(', ')}.`, 'Open it: "Why is nothing going out?" says the reason.')
  },
}

async function overdue(db: Ground['db'], now: Date): Promise<string[]> {
  const rows = await db.selectFrom('massEmail').select('name').where('status', '=', 'pending').where('deletedAt', 'is', null)
    .where('dateStart', '<', new Date(now.getTime() - standstillMs)).limit(5).execute()
  return rows.map(({ name }) => name)
}

/** Paused by the product itself, or of a campaign that is not active: nobody may be looking. */
async function held(db: Ground['db']): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select m.name from mass_email m join campaign c on c.id = m.campaign_id
     where m.deleted_at is null and ((m.status = 'paused' and m.paused_reason is not null and m.paused_reason <> 'byHand')
        or (m.status = 'inProcess' and c.status <> 'active')) limit 5`.execute(db)
  return rows.map(({ name }) => name)
}

export const sendingChecks = [smtp, portion, massEmails]
