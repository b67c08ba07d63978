/** Delivery Health: every check with its state, since when, and what to do. Facts are at most ten seconds old. */
import type { Ground } from '../platform/ground.ts'
import { addressChecks } from './address-checks.ts'
import { type Check, type Finding, overall, unknown } from './check.ts'
import { domainChecks } from './domain-checks.ts'
import { jobChecks } from './job-checks.ts'
import { machineChecks } from './machine-checks.ts'
import { returnChecks } from './return-checks.ts'
import { sendingChecks } from './sending-checks.ts'

export const checks: Check[] = [...sendingChecks, ...jobChecks, ...returnChecks, ...addressChecks, ...domainChecks, ...machineChecks]

export type DatedFinding = Finding & { since: Date }
export type DeliveryHealth = { level: 'ok' | 'warning' | 'error'; checks: DatedFinding[] }

const freshMs = 10_000

/** Keeps the findings of one process: a page that is looked at often asks the network once in ten seconds. */
export function createDeliveryHealth(ground: Ground) {
  const known = new Map<string, DatedFinding & { lookedAt: number }>()

  const look = async (check: Check) => {
    const now = ground.clock()
    const found = await check.look(ground, now).catch((error: Error) => ({ level: 'error' as const, message: error.message, advice: 'Look at the program\'s log.' }))
    const before = known.get(check.code)
    const since = before && before.level === found.level ? before.since : now
    known.set(check.code, { code: check.code, ...found, since, lookedAt: Date.now() })
  }

  const isFresh = ({ code }: Check) => Date.now() - (known.get(code)?.lookedAt ?? -Infinity) < freshMs

  return {
    /** Local facts are looked up now; what asks the network is refreshed behind the answer, unless it was never asked. */
    async read(): Promise<DeliveryHealth> {
      const stale = checks.filter((check) => !isFresh(check))
      const behind = stale.filter(({ network, code }) => network && known.has(code))
      behind.forEach((check) => { void look(check) })
      await Promise.all(stale.filter((check) => !behind.includes(check)).map(look))
      const found = checks.map(({ code }) => present(known.get(code) ?? { code, ...unknown('Not looked at yet.'), since: ground.clock() }))
      return { level: overall(found), checks: found }
    },
    /** Looks now at one check, or at all. */
    async check(code?: string): Promise<DeliveryHealth> {
      await Promise.all(checks.filter((check) => code === undefined || check.code === code).map(look))
      return this.read()
    },
  }
}

const present = ({ code, level, message, advice, since }: DatedFinding): DatedFinding => ({ code, level, message, advice, since })
