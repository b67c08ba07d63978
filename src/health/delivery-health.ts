/** Delivery Health: every check with its state, since when, what it means and what to do. Facts are at most ten seconds old. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Db } from '../platform/db.ts'
import type { Ground } from '../platform/ground.ts'
import { addressChecks } from './address-checks.ts'
import { type Check, error, type Finding, type Found, overall, unknown } from './check.ts'
import { checkCodes } from './codes.ts'
import { domainChecks } from './domain-checks.ts'
import { jobChecks } from './job-checks.ts'
import { machineChecks } from './machine-checks.ts'
import { massEmailChecks } from './mass-email-checks.ts'
import { meanings } from './meanings.ts'
import { returnChecks } from './return-checks.ts'
import { sendingChecks } from './sending-checks.ts'

const all: Check[] = [...sendingChecks, ...massEmailChecks, ...jobChecks, ...returnChecks, ...addressChecks, ...domainChecks, ...machineChecks]
export const checks: Check[] = checkCodes.map((code) => all.find((check) => check.code === code)!)

/** `meaning`: why somebody should mind. `since`: how long it has had this level, over restarts. */
export type DatedFinding = Finding & { meaning: string; since: Date; checkedAt: Date }
export type DeliveryHealth = { level: 'ok' | 'warning' | 'error'; checks: DatedFinding[] }

const freshMs = 10_000
/** What the network said longer ago is not told as the present state. */
const oldMs = 60_000
/** A check that asks the network goes on afterwards, and tells when it has an answer. */
const deadlineMs = 5_000

type Known = DatedFinding & { lookedAt: number }

const waitedFor = 'There is no answer yet; it is waited for.'

/**
 * `holdsMs`: so long it is believed that what the network said works still does. `patienceMs`: so long an answer from there is waited for. `ticks`: milliseconds
 * that only go on. `stopped`: no process of this installation runs.
 */
type Options = { holdsMs?: number | undefined; patienceMs?: number | undefined; ticks?: (() => number) | undefined; stopped?: boolean | undefined }

/** Keeps the findings of one process: a page that is looked at often asks the network once in ten seconds. */
export function createDeliveryHealth(ground: Ground, { holdsMs = freshMs, patienceMs = deadlineMs, ticks = () => performance.now(), stopped = false }: Options = {}) {
  const known = new Map<string, Known>()

  /** The last look at each that has no answer yet. */
  const underWay = new Map<string, Promise<void>>()

  const remember = async (check: Check, found: Found, now: Date) => {
    const before = known.get(check.code)
    const since = before?.level === found.level ? before.since : await sinceWhen(ground.db, check.code, found.level, now)
    known.set(check.code, dated(check, found, { since, now }))
  }
  const dated = (check: Check, found: Found, { since, now }: { since: Date; now: Date }): Known =>
    ({ code: check.code, ...found, meaning: meanings[check.code], since, checkedAt: now, lookedAt: ticks() })

  const failed = ({ code }: Check, { message }: Error): Found => {
    ground.log.error({ error: message, check: code }, 'a check of Delivery Health failed')
    return error(message, 'Look at the program\'s log.')
  }

  const begin = (check: Check, asked: boolean): Promise<void> => {
    const now = ground.clock()
    const isLast = () => underWay.get(check.code) === work
    const work: Promise<void> = check.look(ground, now, { asked, stopped })
      .catch((problem: Error) => failed(check, problem))
      // Whoever waits for a look that was overtaken by a newer one waits for that.
      .then((found) => (isLast() ? remember(check, found, now) : underWay.get(check.code)))
      .finally(() => { if (isLast()) underWay.delete(check.code) })
    underWay.set(check.code, work)
    return work
  }

  /** Many who look at once look once; who presses the button looks anew. */
  const look = async (check: Check, asked: boolean) => {
    const work = (asked ? undefined : underWay.get(check.code)) ?? begin(check, asked)
    if (!check.network) return work
    await Promise.race([work, wait(patienceMs, undefined, { ref: false })])
    const now = ground.clock()
    if (!known.has(check.code)) known.set(check.code, dated(check, unknown(waitedFor), { since: now, now }))
  }

  const ageOf = (code: string) => ticks() - (known.get(code)?.lookedAt ?? -Infinity)
  const isFresh = ({ code, network }: Check) => ageOf(code) < (network && known.get(code)?.level === 'ok' ? holdsMs : freshMs)
  // That an answer is waited for is never written down: once it is there, it may have been so since long ago.
  const told = ({ code, network }: Check) => (network && ageOf(code) >= Math.max(holdsMs, oldMs)
    ? { ...known.get(code)!, ...unknown(waitedFor) } : known.get(code)!)

  return {
    /** Local facts are looked up now; what asks the network is refreshed behind the answer, and waited for where what is known is old. */
    async read(): Promise<DeliveryHealth> {
      const stale = checks.filter((check) => !isFresh(check))
      const behind = stale.filter(({ network, code }) => network && ageOf(code) < oldMs)
      behind.forEach((check) => { void look(check, false) })
      await Promise.all(stale.filter((check) => !behind.includes(check)).map((check) => look(check, false)))
      const found = checks.map((check) => present(told(check)))
      return { level: overall(found), checks: found }
    },
    /** Looks now at one check, or at all. */
    async check(code?: string): Promise<DeliveryHealth> {
      await Promise.all(checks.filter((check) => code === undefined || check.code === code).map((check) => look(check, true)))
      return this.read()
    },
  }
}

/** Another process, or the one before this one, may have seen the same level earlier. */
async function sinceWhen(db: Db, code: string, level: string, now: Date): Promise<Date> {
  const { since } = await db.insertInto('healthCheck').values({ code, level, since: now })
    .onConflict((conflict) => conflict.column('code').doUpdateSet((eb) => ({
      level, since: eb.case().when('healthCheck.level', '=', level).then(eb.ref('healthCheck.since')).else(eb.ref('excluded.since')).end(),
    }))).returning('since').executeTakeFirstOrThrow().catch(() => ({ since: now }))
  return since
}

const present = ({ code, level, message, advice, meaning, since, checkedAt }: Known): DatedFinding => ({ code, level, message, advice, meaning, since, checkedAt })
