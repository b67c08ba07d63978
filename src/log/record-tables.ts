/** The log knows records by type and id; here is how a statement reaches their tables. */
import { type RawBuilder, sql } from 'kysely'
import type { EntityType } from '../records/definition.ts'

/** One SELECT over the tables of these types, of which there is at least one. */
export const overTypes = (types: readonly EntityType[], part: (type: EntityType) => RawBuilder<unknown>): RawBuilder<unknown> =>
  sql.join(types.map(part), sql` union all `)
