/** The limits there are, as scopes of allowance: of the installation, of an account, of a recipient domain. Pure. */
import type { Account } from '../outbound/accounts.ts'
import { type WarmUp, warmUpLimitAt } from '../outbound/warm-up.ts'
import type { OutboundEmailSettings } from '../settings/settings.ts'

/** At most `max` in any time of `windowMs`; null: no limit, but counted, so that one set later knows what has left already. */
export type Scope = { key: string; owner: string; windowMs: number; bucketMs: number; max: number | null }

/** Whose allowance it is. What leaves counts for all scopes of its owners. */
export const instance = 'instance'
export const accountOwner = (id: string): string => `account:${id}`
export const domainOwner = (domain: string): string => `domain:${domain}`
export const isDomain = (owner: string): boolean => owner.startsWith(domainOwner(''))

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** A window is counted one bucket too long, so buckets are small beside it: what is held back for nothing is less than a tenth. */
const bucketOf = (windowMs: number): number => (windowMs >= dayMs ? minuteMs : windowMs >= hourMs ? secondMs : secondMs / 10)

const scope = (owner: string, name: string, windowMs: number, max: number | null): Scope =>
  ({ key: name ? `${owner}/${name}` : owner, owner, windowMs, bucketMs: bucketOf(windowMs), max })

/** Only where there is a limit. */
const limited = (owner: string, name: string, windowMs: number, max: number | null | undefined): Scope[] =>
  (max === null || max === undefined ? [] : [scope(owner, name, windowMs, max)])

/** An hour's portion in so many steps, when it is spread evenly: each step as long as its part of the hour. */
const stepsInHour = 100

export function instanceScopes({ maxPerHour, spread }: Pick<OutboundEmailSettings, 'maxPerHour' | 'spread'>): Scope[] {
  const hour = scope(instance, '', hourMs, maxPerHour)
  if (maxPerHour === null || spread === 'atOnce') return [hour]
  const perStep = Math.max(1, Math.round(maxPerHour / stepsInHour))
  return [hour, scope(instance, 'step', Math.floor((hourMs * perStep) / maxPerHour), perStep)]
}

/** `perMinute`: while its server asks for patience. */
export function accountScopes(account: Pick<Account, 'id' | 'maxPerHour' | 'maxPerSecond' | 'warmUp'>, now: Date, perMinute?: number): Scope[] {
  const owner = accountOwner(account.id)
  return [
    scope(owner, '', hourMs, account.maxPerHour),
    ...limited(owner, 'second', secondMs, account.maxPerSecond),
    ...limited(owner, 'day', dayMs, warmUpLimitAt(account.warmUp as WarmUp | null, now)),
    ...limited(owner, 'minute', minuteMs, perMinute),
  ]
}

export type DomainLimits = { domain: string; maxPerHour: number | null; maxPerSecond: number | null; connections: number | null; perMinute?: number | undefined }

export function domainScopes({ domain, maxPerHour, maxPerSecond, connections, perMinute }: DomainLimits): Scope[] {
  const owner = domainOwner(domain)
  return [
    scope(owner, '', hourMs, maxPerHour),
    ...limited(owner, 'second', secondMs, maxPerSecond),
    ...limited(owner, 'minute', minuteMs, perMinute),
    ...limited(owner, 'connections', 0, connections),
  ]
}

/** How far apart two mails are when the limit is used to the full. One on the wire is taken to last a second. */
export const stepMs = ({ windowMs, max }: Scope): number => (windowMs || secondMs) / Math.max(1, max ?? 1)
