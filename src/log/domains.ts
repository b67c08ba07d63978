/**
 * Figures by recipient domain and by entity type, as they are kept. Of a mass email the largest domains are kept by name, all others together under '': a
 * list of companies has as many domains as people, and a rate of three people says nothing (docs/decisions/0018-figures-by-domain.md).
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { domainColumns } from './counters.ts'
import { type Scope, within } from './figures.ts'

/** Of delivery `d`. */
export const domainOfDelivery = sql<string>`split_part(d.email_key, '@', -1)`

/** In `returning` of a statement over deliveries `d`: what their figures are divided by. */
export const recipientsOfDelivery = sql`d.entity_type, ${domainOfDelivery} as domain`

type Metric = Exclude<keyof typeof domainColumns, `machine ${string}`>
export type Divided = Record<Metric | 'people' | 'delivered' | 'machineOpened' | 'machineClicked', number>

const numbers = sql.join(['people', ...Object.values(domainColumns)].map((column) => sql`coalesce(sum(${sql.ref(column)}), 0)::bigint as ${sql.ref(column)}`))

/** Largest first; the domain '' holds all that are not kept by name, and is last. */
export const sumDomains = (db: Db, scope: Scope) => divided<{ domain: string }>(db, scope, sql`domain`, sql`domain = '', people desc, domain`)

/** Largest first. */
export const sumEntityTypes = (db: Db, scope: Scope) => divided<{ entityType: string }>(db, scope, sql`entity_type`, sql`people desc, entity_type`)

async function divided<Key>(db: Db, scope: Scope, key: RawBuilder<unknown>, order: RawBuilder<unknown>): Promise<(Key & Divided)[]> {
  const { rows } = await sql<Key & Omit<Divided, 'delivered'>>`
    select ${key}, ${numbers} from figure_domain where ${within(scope)} group by ${key} order by ${order}`.execute(db)
  return rows.map((row) => ({ ...row, delivered: row.sent - row.bouncedHard - row.bouncedSoft })) as (Key & Divided)[]
}
