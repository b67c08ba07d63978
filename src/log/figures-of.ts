/** The figures as the outside interface gives them, of a mass email or a campaign. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Figures } from './contract.ts'
import { sumDomains } from './domains.ts'
import { type Scope, sumFigures, sumHours, sumLinks } from './figures.ts'

const metrics = [
  'sent', 'opened', 'clicked', 'clicks', 'optedOut', 'optedIn', 'bouncedHard', 'bouncedSoft', 'complained', 'replied',
  'failed', 'skipped', 'uncertain', 'leadsCreated',
] as const

/** Rates are left to whoever shows them. `people`: deliveries of a mass email; of a campaign each person once. */
export async function figuresOf(db: Db, scope: Scope): Promise<Figures> {
  const { human, machine } = await sumFigures(db, scope)
  const numbers = Object.fromEntries(metrics.map((metric) => [metric, human[metric] ?? 0])) as Record<(typeof metrics)[number], number>
  return {
    people: (scope.massEmailId === undefined ? human['newPeople'] : human['people']) ?? 0,
    ...numbers,
    delivered: numbers.sent - numbers.bouncedHard - numbers.bouncedSoft,
    machine: { opened: machine['opened'] ?? 0, clicked: machine['clicked'] ?? 0 },
  }
}

export async function hoursOf(db: Db, scope: Scope) {
  return (await sumHours(db, scope)).map(({ hour, counts }) => ({ hour: hour.toISOString(), counts }))
}

export async function linksOf(db: Db, scope: Scope) {
  const figures = await sumLinks(db, scope)
  const links = await db.selectFrom('trackingUrl').select(['id', 'name', 'url'])
    .where(sql<boolean>`id = any(${figures.map(({ trackingUrlId }) => trackingUrlId)}::uuid[])`).execute()
  const byId = new Map(links.map((link) => [link.id, link]))
  return figures.map((figure) => ({ ...figure, name: byId.get(figure.trackingUrlId)?.name ?? '', url: byId.get(figure.trackingUrlId)?.url ?? '' }))
}

/** Those that are not kept by name have none. */
export async function domainsOf(db: Db, scope: Scope) {
  return (await sumDomains(db, scope)).map(({ domain, ...numbers }) => ({ ...numbers, domain: domain || null }))
}
