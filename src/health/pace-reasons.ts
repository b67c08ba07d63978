/** Reasons of pace: a limit that is used up, a closed window, accounts that take no mail, domains that get no more for now. */
import { sql } from 'kysely'
import { type Account, defaultAccount } from '../outbound/accounts.ts'
import { readUses } from '../pace/portion.ts'
import { accountScopes, type Scope } from '../pace/scopes.ts'
import { isWindowOpen, nextOpening } from '../pace/sending-window.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import type { Frozen } from '../delivery/frozen.ts'
import type { Why } from './contract.ts'
import { nextPortion } from './next-portion.ts'

type Reason = Why['reasons'][number]

export async function portionReason(db: Db, clock: Clock): Promise<Reason | null> {
  const { limit, used, freeAt, nextAt } = await nextPortion(db, clock)
  if (!freeAt) return null
  return {
    code: 'portionUsedUp', message: `The portion of this hour is used up: ${used} of ${limit}.`,
    advice: 'Nothing to do: the next portion goes by itself. Or raise the maximum per hour in Administration > Outbound Emails.',
    ...(nextAt && { until: nextAt.toISOString() }),
  }
}

export async function windowReason(db: Db, now: Date): Promise<Reason | null> {
  const { window } = await readOutboundEmails(db)
  if (isWindowOpen(window, now)) return null
  return {
    code: 'windowClosed', message: `The sending window is closed: mail goes from ${window!.from} to ${window!.to} (${window!.timeZone}) on the chosen days.`,
    advice: 'Nothing to do: it goes on when the window opens. Or change the window in Administration > Outbound Emails.', until: nextOpening(window, now).toISOString(),
  }
}

/** Those that share it; before it is frozen the one that it would go by. */
export async function accountsOf(db: Db, { accountId, sharedAccountIds, frozen }: { accountId: string | null; sharedAccountIds: string[]; frozen: unknown }): Promise<Account[]> {
  const fixed = frozen as Frozen | null
  const own = fixed?.accountId ?? accountId ?? (await defaultAccount(db))?.id
  const ids = [...(own ? [own] : []), ...(fixed?.sharedAccountIds ?? sharedAccountIds)]
  return ids.length === 0 ? [] : db.selectFrom('outboundAccount').selectAll().where('id', 'in', ids).execute()
}

/** Only where none of them takes mail: the others go on for it. It is broken until a mail went through it again, also while it is being tried. */
export function brokenReason(accounts: readonly Account[], now: Date): Reason | null {
  const broken = accounts.filter(({ brokenSince }) => brokenSince !== null)
  const [first] = broken.toSorted((a, b) => Number(a.brokenUntil) - Number(b.brokenUntil))
  if (!first || broken.length < accounts.length) return null
  return {
    code: 'accountBroken', message: `${first.name} does not take mail: ${first.brokenReason}`, accountId: first.id,
    advice: 'It is tried again by itself. Look at its settings in Administration > Outbound Emails; Delivery Health tests it.',
    ...(first.brokenUntil && first.brokenUntil > now && { until: first.brokenUntil.toISOString() }),
  }
}

/** Only where all of them have given what they may. */
export async function accountLimitReason(db: Db, clock: Clock, accounts: readonly Account[]): Promise<Reason | null> {
  const waits = await Promise.all(accounts.map(async (account) => ({ account, wait: await longestWait(db, clock, accountScopes(account, clock())) })))
  if (waits.length === 0 || waits.some(({ wait }) => wait === null)) return null
  const { account, wait } = waits.reduce((a, b) => (b.wait!.freeAt < a.wait!.freeAt ? b : a))
  const time = wait!.scope.key.endsWith('/day') ? 'day of its warm-up' : wait!.scope.windowMs < 3_600_000 ? 'minute' : 'hour'
  return {
    code: 'portionUsedUp', message: `${account.name} has sent what it may in this ${time}: ${wait!.scope.max}.`,
    advice: 'Nothing to do: it goes on by itself. Or change the limits of the account in Administration > Outbound Accounts.', until: wait!.freeAt.toISOString(),
  }
}

/** A second is no standstill. */
const shortestMs = 10_000

async function longestWait(db: Db, clock: Clock, scopes: readonly Scope[]): Promise<{ scope: Scope; freeAt: Date } | null> {
  const uses = await readUses(db, clock, scopes.filter(({ max, windowMs }) => max !== null && windowMs >= shortestMs))
  return uses.flatMap(({ scope, freeAt }) => (freeAt ? [{ scope, freeAt }] : [])).sort((a, b) => b.freeAt.getTime() - a.freeAt.getTime())[0] ?? null
}

/** Where everything that waits does so for its domain's sake. */
export async function domainReason(db: Db, massEmailId: string): Promise<Reason | null> {
  const { rows } = await sql<{ reasonCode: string; reason: string; count: number; until: Date }>`
    select reason_code, min(reason) as reason, count(*) as count, min(due_at) as until from delivery
     where mass_email_id = ${massEmailId} and status = 'pending' and not test and reason_code in ('domainLimit', 'domainHeld')
     group by reason_code order by count(*) desc limit 1`.execute(db)
  const [most] = rows
  if (!most) return null
  return most.reasonCode === 'domainLimit'
    ? { code: 'portionUsedUp', message: `${most.count} wait for their domain: ${most.reason}`, advice: 'Nothing to do: they go by themselves. Or change the rule in Administration > Domain Rules.', until: most.until.toISOString() }
    : { code: 'paused', message: `${most.count} are held: ${most.reason}`, advice: 'Confirm or release the outage in Administration > Domain Rules.' }
}
