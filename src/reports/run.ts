/** Running a report: as a list or as a grid, with the rights of whoever asks. */
import type { Actor } from '../access/actor.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import { asked } from './asked.ts'
import type { ReportRun } from './contract.ts'
import { faultsOf } from './faults.ts'
import { gridRun } from './grid-run.ts'
import { listRun } from './list-run.ts'
import type { Answers } from './questions.ts'
import { aggregatesOf, type Shape } from './shape.ts'

export type RunOptions = { answers?: Answers | undefined; limit?: number | undefined; cursor?: string | undefined; sort?: string | undefined }

export async function runReport(db: Db, actor: Actor, report: Shape, { answers = {}, limit = 50, cursor, sort }: RunOptions, context: ListContext): Promise<ReportRun> {
  const ready = asked(report, actor, answers, context)
  if (report.kind === 'grid') return gridRun(db, actor, ready, sort === undefined ? report : sortedBy(report, sort, context), context)
  return listRun(db, actor, ready, { columns: report.columns ?? [], aggregates: aggregatesOf(report), sort: sort ?? report.sort, limit, cursor }, context)
}

export function sortedBy(report: Shape, sort: string, context: ListContext): Shape {
  const faults = faultsOf({ ...report, sort }, context).filter(({ path }) => path === 'sort')
  if (faults.length > 0) throw invalid(faults)
  return { ...report, sort }
}

/** One that is not kept yet: what is wrong with it is wrong with the question. */
export async function previewReport(db: Db, actor: Actor, { answers, limit, cursor, sort, ...shape }: Shape & RunOptions, context: ListContext): Promise<ReportRun> {
  const faults = faultsOf({ ...shape, sort }, context)
  if (faults.length > 0) throw invalid(faults)
  return runReport(db, actor, { ...shape, sort }, { answers, limit, cursor }, context)
}
