/** The people of a list report, for whoever fills or keeps a target list with them. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { ListContext } from '../listing/listable.ts'
import { unjoined } from '../listing/query.ts'
import { AppError } from '../platform/errors.ts'
import { findDefinition, mailableTypes } from '../records/entity-types.ts'
import { asked } from './asked.ts'
import type { Shape } from './shape.ts'
import { sourceOf } from './source.ts'

/** `types`: the entity types that may be among them. `select`: (entity_type, record_id), each once. */
export type ReportPeople = { types: string[]; select: RawBuilder<{ entityType: string; recordId: string }> }

/**
 * With the rights of the actor, the filter of the report and the defaults of its questions. Of deliveries and the log, those to whom the mail went
 * whose records are still there. Throws 409 `notPeople` for what cannot fill a target list, `reportBroken` for one that asks for what is gone.
 */
export function reportPeople(actor: Actor, report: Shape, context: ListContext): ReportPeople {
  expectPeople(report)
  const { source, filter, where } = asked(report, actor, {}, context)
  if (source.people === 'records') {
    const { from, id } = unjoined(source.listable, { filter, sort: 'id' })
    return { types: [source.name], select: sql`select ${sql.lit(source.name)}::text as entity_type, ${id} as record_id from ${from} where ${where}` }
  }
  const { from, columns } = unjoined(source.listable, { filter, sort: 'id' })
  const [entityType, recordId] = [columns.entityType!.sql, columns.recordId!.sql]
  const records = mailableTypes().map(({ name, table }) => sql`select ${sql.lit(name)}::text, r.id from ${sql.table(table)} r where ${allowed(actor, name, 'read')}`)
  return {
    types: mailableTypes().map(({ name }) => name),
    select: sql`select distinct ${entityType} as entity_type, ${recordId} as record_id from ${from}
      where ${where} and (${entityType}, ${recordId}) in (${sql.join(records, sql` union all `)})`,
  }
}

/** What is wrong with a report as the source of a target list, in a sentence; undefined where nothing is. For choosing among them. */
export function whyNotPeople({ kind, entityType }: Pick<Shape, 'kind' | 'entityType'>): string | undefined {
  if (kind === 'grid') return 'This report counts groups; only a list of people or companies can fill a target list. Make a list report with the same filter.'
  const source = sourceOf(entityType, null)
  if (source?.people !== 'nobody') return undefined
  const type = findDefinition(entityType)
  return type?.baseType === 'base'
    ? `${source.plural} are neither people nor companies, so they cannot be in a target list.`
    : `${source.plural} cannot be mailed yet: an administrator relates them to target lists in the Entity Manager.`
}

function expectPeople(report: Shape): void {
  const why = whyNotPeople(report)
  if (why !== undefined) throw new AppError('conflict', 'notPeople', why)
}
