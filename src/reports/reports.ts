/** Reports: kept, changed, duplicated, deleted. What they find is run.ts's business. */
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { type Actor, expectMayCreate } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { teamFaults, userFaults } from '../access/owners.ts'
import type { Action } from '../access/rights.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, invalid, notFound, nulFaults, sqlState } from '../platform/errors.ts'
import { given } from '../platform/given.ts'
import { isId, newId } from '../platform/id.ts'
import { faultsOfAll } from './faults.ts'
import { expectReport } from './report-list.ts'
import type { Shape } from './shape.ts'
import { expectMayAsk, sourceOf } from './source.ts'

type About = { name?: string | undefined; description?: string | undefined; category?: string | undefined; assignedUserId?: string | null | undefined; teamIds?: string[] | undefined }
export type ReportInput = About & { [Key in keyof Shape]?: Shape[Key] | undefined }

export async function createReport(tx: Tx, actor: Actor, input: ReportInput & Pick<Shape, 'entityType' | 'kind'>, context: ListContext): Promise<string> {
  expectMayCreate(actor, 'Report')
  await expectPossible(tx, actor, input, input, context)
  const id = newId()
  const { now } = context
  await tx.insertInto('report').values({
    assignedUserId: actor.userId, ...columnsOf(input), entityType: input.entityType, kind: input.kind, name: input.name ?? nameFor(input), id,
    createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId,
  }).execute()
  return id
}

const nameFor = ({ entityType }: Pick<Shape, 'entityType'>) => sourceOf(entityType, null)!.plural

/** Only what is given is judged: a report with a field that is gone can still be renamed or shared. */
export async function changeReport(
  tx: Tx, actor: Actor, id: string, input: ReportInput, context: ListContext, expectVersion: (version: number) => void, { expectMayChange }: ReportUses,
): Promise<void> {
  const before = await lockReport(tx, actor, id, 'edit')
  expectVersion(before.version)
  await expectPossible(tx, actor, { ...(before as unknown as Shape), ...given(input) }, input, context, before.teamIds)
  if (findsOthers(before, input)) await expectMayChange(tx, actor, id)
  await tx.updateTable('report')
    .set({ ...columnsOf(input), version: before.version + 1, modifiedAt: context.now, modifiedBy: actor.userId }).where('id', '=', id).execute()
}

/** Whether other rows are found then, as far as what is written tells. */
const findsOthers = (before: object, input: ReportInput): boolean => (['entityType', 'kind', 'filter', 'questions'] as const)
  .some((name) => input[name] !== undefined && !isDeepStrictEqual(asStored(input[name]), (before as ReportInput)[name]))

const asStored = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

export async function duplicateReport(tx: Tx, actor: Actor, id: string, name: string | undefined, now: Date): Promise<string> {
  expectMayCreate(actor, 'Report')
  const original = await lockReport(tx, actor, id, 'read')
  const copyId = newId()
  // In the database itself: a report with a field that is gone is copied as it is.
  await sql`
    insert into report (id, name, description, category, entity_type, kind, filter, questions, columns, sort, group_by, aggregates, "having", chart, team_ids,
                        assigned_user_id, created_at, created_by, modified_at, modified_by)
    select ${copyId}::uuid, ${name ?? `${original.name} (copy)`.slice(0, 200)}, description, category, entity_type, kind, filter, questions, columns, sort, group_by, aggregates, "having", chart, team_ids,
           ${actor.userId}::uuid, ${now}, ${actor.userId}::uuid, ${now}, ${actor.userId}::uuid
      from report where id = ${id}`.execute(tx)
  return copyId
}

/**
 * Who uses a report has a say: both throw 409, where it is used at all, or where the actor may not change what follows it. The report is locked, so that
 * nobody begins to use it meanwhile.
 */
export type ReportUses = Record<'expectUnused' | 'expectMayChange', (tx: Tx, actor: Actor, reportId: string) => Promise<void>>

/** What is used elsewhere stays: a target list that is kept in step with it would otherwise stand still and nobody would know why. */
export async function removeReport(tx: Tx, actor: Actor, id: string, { expectUnused }: ReportUses): Promise<void> {
  const { name } = await lockReport(tx, actor, id, 'delete')
  await expectUnused(tx, actor, id)
  try {
    await tx.deleteFrom('report').where('id', '=', id).execute()
  } catch (error) {
    if (sqlState(error) !== '23503') throw error
    throw new AppError('conflict', 'reportInUse', 'A target list is kept in step with this report. Take it out there first.')
  }
  await audit(tx, actor, 'reportDeleted', { type: 'Report', id, name })
}

async function lockReport(tx: Tx, actor: Actor, id: string, action: Action) {
  const row = isId(id) ? await tx.selectFrom('report').selectAll().where('id', '=', id).forUpdate().executeTakeFirst() : undefined
  if (!row) throw notFound('report', id)
  await expectReport(tx, actor, id, action)
  return row
}

/** What a change of one thing may make wrong. */
const judgedWith: Record<string, readonly string[]> = {
  filter: ['filter'], questions: ['filter', 'questions'], columns: ['columns'], sort: ['sort'], having: ['having'], chart: ['chart'],
  groupBy: ['groupBy', 'sort'], aggregates: ['aggregates', 'sort', 'having', 'chart'],
}

async function expectPossible(db: Db, actor: Actor, whole: Shape, input: ReportInput, context: ListContext, keptTeams: readonly string[] = []): Promise<void> {
  const names = Object.keys(given(input))
  const all = names.includes('entityType') || names.includes('kind')
  const judged = new Set(names.flatMap((name) => judgedWith[name] ?? []))
  const shapeFaults = all || judged.size > 0 ? faultsOfAll(whole, context).filter(({ path }) => all || judged.has(path.split('.')[0]!)) : []
  const { name, description, category, teamIds, assignedUserId } = input
  const faults = [...nulFaults({ name, description, category }), ...shapeFaults, ...await teamFaults(db, teamIds, keptTeams), ...await userFaults(db, 'assignedUserId', assignedUserId)]
  if (faults.length > 0) throw invalid(faults)
  if (all) expectMayAsk(whole.entityType, actor)
}

const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))

/** The columns that were given. */
const columnsOf = ({ questions, filter, groupBy, aggregates, having, chart, ...plain }: ReportInput) => ({
  ...given(plain),
  ...(filter !== undefined && { filter: json(filter) }), ...(questions && { questions: JSON.stringify(questions) }), ...(groupBy && { groupBy: JSON.stringify(groupBy) }),
  ...(aggregates && { aggregates: JSON.stringify(aggregates) }), ...(having !== undefined && { having: json(having) }), ...(chart !== undefined && { chart: json(chart) }),
})
