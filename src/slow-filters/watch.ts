/** Every list of records is timed; what was slow on a large table for want of an index is remembered. */
import { sql } from 'kysely'
import { notify } from '../notices/notices.ts'
import type { Db } from '../platform/db.ts'
import type { EntityType } from '../records/definition.ts'
import { findDefinition } from '../records/entity-types.ts'
import { indexesOf, indexOf, rowsOf } from './field-index.ts'
import { type Asked, type Use, usesOf } from './uses.ts'

export type Watch = <Result>(call: { db: Db; now: Date }, type: EntityType, asked: Asked, read: () => Promise<Result>) => Promise<Result>

/** Fewer rows are read through in less time than anybody notices: then it is the machine that is busy. */
type Limits = { slowMs: number; manyRows: number }
const limits: Limits = { slowMs: 500, manyRows: 100_000 }

/** Administrators are told when it has happened this often: once may be chance. */
const tellAfter = 3

export const watchFilters = ({ slowMs, manyRows }: Limits = limits): Watch => async ({ db, now }, type, asked, read) => {
  const began = performance.now()
  try {
    return await read()
  } finally {
    const took = performance.now() - began
    // A list is answered whether or not this can be written down.
    if (took >= slowMs) await remember(db, type, asked, { took, manyRows, now }).catch(() => {})
  }
}

async function remember(db: Db, type: EntityType, asked: Asked, { took, manyRows, now }: { took: number; manyRows: number; now: Date }): Promise<void> {
  for (const use of usesOf(type, asked, findDefinition)) {
    if (await rowsOf(db, use.type.table) < manyRows || !await lacksIndex(db, use)) continue
    const { rows: [row] } = await sql<{ id: string; times: number }>`
      insert into slow_filter as s (entity_type, field, kind, slowest_ms, first_at, last_at)
      values (${use.type.name}, ${use.field.name}, ${use.kind}, ${Math.round(took)}, ${now}, ${now})
      on conflict (entity_type, field, kind) do update
         set times = s.times + 1, slowest_ms = greatest(s.slowest_ms, excluded.slowest_ms), last_at = greatest(s.last_at, excluded.last_at)
      returning id, times`.execute(db)
    if (row!.times >= tellAfter) await tell(db, row!.id, use, now)
  }
}

async function lacksIndex(db: Db, { type, field, kind }: Use): Promise<boolean> {
  const wanted = indexOf(type, field, kind)
  return wanted !== null && !(await indexesOf(db, type.table)).some(({ valid, shape }) => valid && shape === wanted.shape)
}

const tell = (db: Db, id: string, { type, field }: Use, now: Date) => notify(db, {
  kind: 'slowFilter', level: 'warning', to: 'administrators', onceKey: onceKey(id),
  title: `${type.plural} are slow to filter or sort by ${field.label}`,
  text: 'An index makes it quick. Make it under Administration > Slow Filters; nobody has to stop meanwhile.',
  about: { type: 'SlowFilter', id, name: `${type.plural}: ${field.label}` },
}, now)

export const onceKey = (id: string) => `slowFilter:${id}`
