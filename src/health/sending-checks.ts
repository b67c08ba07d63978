/** What holds mail back: accounts that fail, a portion that is used up, a closed window. */
import type { Ground } from '../platform/ground.ts'
import { adviceFor } from '../outbound/advice.ts'
import { type Account, accountsInUse, ehloNameFor, smtpTarget } from '../outbound/accounts.ts'
import { testAccount } from '../outbound/account-test.ts'
import { hurriedDeadlines } from '../outbound/deadlines.ts'
import { isWindowOpen, nextOpening } from '../pace/sending-window.ts'
import { timeInWords } from '../platform/date-and-time.ts'
import { publicUrlOf, readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { senderDomain } from './address-checks.ts'
import { type Check, error, type Found, ok, startRole, unknown, warning } from './check.ts'
import { missingSender } from './missing-sender.ts'
import { nextPortion } from './next-portion.ts'
import { waitingMassEmails } from './waiting.ts'
import { isTrialDomain } from './trial.ts'

const smtp: Check = {
  code: 'smtp', network: true,
  async look(ground, _now, { asked, stopped }) {
    // The Sandbox runs in a sender.
    const noSandbox = !stopped && await missingSender(ground.db) !== null
    const accounts = (await accountsInUse(ground.db)).filter(({ kind }) => kind !== 'sandbox' || !noSandbox)
    if (accounts.length === 0 && noSandbox) return unknown('The Sandbox runs in a process with the role sender: see what the check “Mass emails” says.')
    if (accounts.length === 0) return error('There is no way out for mail yet.', `${startRole('sender')} It opens the Sandbox.`)
    const faults = (await Promise.all(accounts.map((account) => faultOf(ground, account, asked)))).filter((fault) => fault !== null)
    if (faults[0]) return error(faults.map(({ message }) => message).join(' '), `${faults[0].advice} Administration > Outbound accounts tests it.`)
    return accounts[0]!.kind === 'sandbox' ? judgeSandbox(await senderDomain(ground.db)) : ok(`${accounts.map(nameOf).join(', ')} ${accounts.length === 1 ? 'takes' : 'take'} mail.`)
  },
}

/** Whoever has a real sender may believe that his mail leaves. */
export const judgeSandbox = (fromDomain: string): Found => (isTrialDomain(fromDomain)
  ? ok('Mail goes to the Sandbox: it is captured, nothing leaves.')
  : warning('Mail goes to the Sandbox: it is captured, nothing leaves.', 'Set an SMTP server in Administration > Outbound Emails when you want to send for real.'))

type Fault = { message: string; advice: string }

/** Whoever tries a wrong password again and again is shut out: a refusal is believed so long, unless the account was changed or a person asks. */
const refusedForMs = 60_000
const refusals = new Map<string, { fault: Fault; at: number }>()

/** The system's words and what to do, when an account does not let us in. */
async function faultOf(ground: Ground, account: Account, asked: boolean): Promise<Fault | null> {
  const key = `${account.id} ${account.version}`
  const refusal = refusals.get(key)
  if (refusal && !asked && performance.now() - refusal.at < refusedForMs) return refusal.fault
  refusals.delete(key)
  const target = smtpTarget(ground, account, ehloNameFor(publicUrlOf(await readGeneral(ground.db))))
  const outcome = await testAccount(target, null, hurriedDeadlines)
  if (outcome.kind === 'sent') return null
  const fault = { message: `${nameOf(account)}: ${outcome.reply}`, advice: adviceFor(outcome, target).advice }
  if (outcome.stage === 'auth' && outcome.code !== null) refusals.set(key, { fault, at: performance.now() })
  return fault
}

const nameOf = ({ kind, host, port }: Account): string => (kind === 'sandbox' ? 'The Sandbox' : `${host}:${port}`)

const portion: Check = {
  code: 'portion',
  async look({ db, clock }) {
    const { limit, used, freeAt, nextAt } = await nextPortion(db, clock)
    if (limit === null) return ok(`${used} sent in the last hour; there is no limit.`)
    if (!freeAt) return ok(`${used} of ${limit} sent in the last hour.`)
    const next = nextAt ? ` The next portion goes at ${timeInWords(nextAt, (await readGeneral(db)).timeZone)}.` : ''
    return warning(`The portion of this hour is used up: ${used} of ${limit}.${next}`, 'Wait, or raise the maximum per hour in Administration > Outbound Emails.')
  },
}

const window: Check = {
  code: 'window',
  async look({ db }, now) {
    const { window: hours } = await readOutboundEmails(db)
    if (hours === null) return ok('There is no sending window: mail may leave at any time.')
    const words = `mail leaves from ${hours.from} to ${hours.to} (${hours.timeZone}) on the chosen days`
    if (isWindowOpen(hours, now)) return ok(`The sending window is open: ${words}.`)
    const message = `The sending window is closed: ${words}. It opens at ${timeInWords(nextOpening(hours, now), hours.timeZone)}.`
    return (await waitingMassEmails(db, now)).length > 0
      ? warning(`${message} Mail is waiting for it.`, 'Nothing to do: it goes on by itself when the window opens. Or change the window in Administration > Outbound Emails.')
      : ok(message)
  },
}

export const sendingChecks = [smtp, portion, window]
