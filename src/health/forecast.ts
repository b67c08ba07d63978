/** The forecast of a mass email: when it will be out, hour by hour, and what it waits for. */
import type { Account } from '../outbound/accounts.ts'
import { type WarmUp, warmUpLimitAt } from '../outbound/warm-up.ts'
import { readProgress } from '../delivery/progress.ts'
import { sumFigures, sumHours } from '../log/figures.ts'
import type { ForecastCause } from '../pace/forecast-causes.ts'
import { forecast, type ForecastLimit } from '../pace/forecast.ts'
import { readUseHistory } from '../pace/portion.ts'
import { accountOwner, accountScopes, instanceScopes, type Scope } from '../pace/scopes.ts'
import { isWindowOpen, nextOpening } from '../pace/sending-window.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import type { Forecast } from './contract.ts'
import { nextPortion, runsAfter } from './next-portion.ts'
import { accountsOf } from './pace-reasons.ts'

const hourMs = 3_600_000
/** Hours shown; what comes later is part of the last one's story: finishesAt. */
const hoursShown = 72

/** `people`: how many it would be for, while it is not frozen yet. */
export async function readForecast(db: Db, clock: Clock, id: string, people: number | undefined): Promise<Forecast> {
  const now = clock()
  const massEmail = await db.selectFrom('massEmail').select(['status', 'dateStart', 'accountId', 'sharedAccountIds', 'frozen']).where('id', '=', id).executeTakeFirstOrThrow()
  const progress = await readProgress(db, clock, id, now)
  const isFrozen = massEmail.frozen !== null
  const waiting = isFrozen ? progress.counts.pending + progress.counts.sending : people ?? 0
  const accounts = await accountsOf(db, massEmail)
  const settings = await readOutboundEmails(db)
  const scopes = [...instanceScopes(settings), ...accounts.flatMap((account) => accountScopes(account, now))]
  const history = await readUseHistory(db, clock, scopes)
  const limitsOf = (owner: string, own: readonly Scope[], account?: Account) =>
    own.filter((scope) => scope.owner === owner && scope.max !== null && scope.windowMs >= hourMs / 60).map((scope) => limitOf(scope, history.get(scope.key)!, account))
  const nextRun = await runsAfter(db)
  const found = forecast({
    from: !isFrozen && massEmail.dateStart && massEmail.dateStart > now ? massEmail.dateStart : now, waiting, others: await othersWaiting(db, id),
    portion: limitsOf('instance', scopes), accounts: accounts.map((account) => limitsOf(accountOwner(account.id), scopes, account)),
    perMinute: speedOf(accounts, progress.perMinute), isOpen: (at) => isWindowOpen(settings.window, at), nextOpening: (at) => nextOpening(settings.window, at), nextRun,
  })
  const { nextAt } = await nextPortion(db, clock)
  return {
    waiting, perHour: perHourOf(settings.maxPerHour, accounts, progress.perMinute, now), limitedBy: found.limitedBy,
    nextPortionAt: waiting > 0 && nextAt ? nextAt.toISOString() : null, finishesAt: waiting > 0 && found.finishesAt ? toTheMinute(found.finishesAt).toISOString() : null,
    portions: portionsOf(await sumHours(db, { massEmailId: id }), found.planned),
  }
}

/** Nobody believes a forecast to the second. */
const toTheMinute = (at: Date): Date => new Date(Math.round(at.getTime() / 60_000) * 60_000)

const causeOf = ({ key, owner }: Scope): ForecastCause => (owner === 'instance' ? 'portion' : key.endsWith('/day') ? 'warmUp' : 'account')

/** A warm-up grows while it is played through. */
function limitOf(scope: Scope, uses: ForecastLimit['uses'], account: Account | undefined): ForecastLimit {
  const cause = causeOf(scope)
  const plan = cause === 'warmUp' ? account!.warmUp as WarmUp : null
  return { cause, windowMs: scope.windowMs + scope.bucketMs, uses, max: (at) => (plan ? warmUpLimitAt(plan, at)! : scope.max!) }
}

/** Measured while it runs; never above what its accounts may do in a second. */
function speedOf(accounts: readonly Account[], measured: number): number | null {
  const limited = accounts.every(({ maxPerSecond }) => maxPerSecond !== null) ? accounts.reduce((sum, { maxPerSecond }) => sum + maxPerSecond! * 60, 0) : null
  if (measured > 0) return limited ? Math.min(measured, limited) : measured
  return limited || null
}

/** What an hour may see now: null where nothing limits it and nothing was measured. */
function perHourOf(portion: number | null, accounts: readonly Account[], perMinute: number, now: Date): number | null {
  const ofAccount = ({ maxPerHour, maxPerSecond, warmUp }: Account) =>
    Math.min(maxPerHour ?? Infinity, (maxPerSecond ?? Infinity) * 3600, warmUpLimitAt(warmUp as WarmUp | null, now) ?? Infinity)
  const limit = Math.min(portion ?? Infinity, accounts.reduce((sum, account) => sum + ofAccount(account), 0))
  return Number.isFinite(limit) && limit > 0 ? limit : perMinute > 0 ? perMinute * 60 : null
}

async function othersWaiting(db: Db, id: string): Promise<number[]> {
  const others = await db.selectFrom('massEmail').select('id').where('status', '=', 'inProcess').where('id', '<>', id).where('deletedAt', 'is', null).execute()
  const waiting = await Promise.all(others.map(async (other) => {
    const { human: { people = 0, sent = 0, failed = 0, skipped = 0, uncertain = 0 } } = await sumFigures(db, { massEmailId: other.id })
    return people - sent - failed - skipped - uncertain
  }))
  return waiting.filter((count) => count > 0)
}

/** What was sent and what is to come, by the hour. */
function portionsOf(hours: readonly { hour: Date; counts: Record<string, number> }[], planned: readonly { hour: Date; count: number }[]): Forecast['portions'] {
  const portions = new Map<number, { sent: number; planned: number }>()
  for (const { hour, counts } of hours) portions.set(hour.getTime(), { sent: counts['sent'] ?? 0, planned: 0 })
  for (const { hour, count } of planned) portions.set(hour.getTime(), { sent: portions.get(hour.getTime())?.sent ?? 0, planned: count })
  const sorted = [...portions].filter(([, { sent, planned: count }]) => sent + count > 0).sort(([a], [b]) => a - b)
  const firstToCome = sorted.findIndex(([, portion]) => portion.planned > 0)
  const from = Math.max(0, (firstToCome === -1 ? sorted.length : firstToCome) - hoursShown / 3)
  return sorted.slice(from, from + hoursShown).map(([hour, portion]) => ({ hour: new Date(hour).toISOString(), ...portion }))
}
