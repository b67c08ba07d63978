/** Who would be led to setting up a second factor: who signs in by password, is under the rule, and has none yet. */
import { sql } from 'kysely'
import { administers } from '../access/second-factor-rule.ts'
import { listPage } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import type { SecondFactorRule } from './contract.ts'
import { passwordsForAdministratorsOnly, readSettings } from './settings.ts'

const people: Listable = {
  from: sql`"user"`,
  id: sql`"user".id`,
  where: sql`"user".is_active and "user".type <> 'api' and "user".password_hash is not null and "user".second_factor_since is null`,
  columns: {
    id: { type: 'link', sql: sql`"user".id` },
    name: { type: 'text', sql: sql`"user".name`, notNull: true },
    userName: { type: 'text', sql: sql`"user".user_name`, notNull: true },
    lastSignInAt: { type: 'dateTime', sql: sql`"user".last_sign_in_at` },
  },
  search: [sql`"user".name`, sql`"user".user_name`],
  defaultSort: 'name',
}

/** `rule` is one that may be set next; left out, the one that is set. */
export async function withoutSecondFactorPage(db: Db, { rule, ...query }: ListQuery & { rule?: SecondFactorRule | undefined }, now: Date) {
  const asked = rule ?? (await readSettings(db)).secondFactorFor
  // The password of anybody else opens nothing then.
  const reach = asked === 'everybody' && await passwordsForAdministratorsOnly(db) ? 'administrators' : asked
  return listPage(db, { ...people, where: sql`${people.where!} and ${reached[reach]}` }, query, { now, timeZone: 'UTC' })
}

const reached = { nobody: sql`false`, administrators: administers, everybody: sql`true` }
