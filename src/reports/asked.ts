/** A report made ready to run for somebody: its source with his eyes, its filter with his answers. What is wrong is said before anything is run. */
import type { RawBuilder } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { ListContext } from '../listing/listable.ts'
import { conditionOf } from '../listing/query.ts'
import { AppError, invalid } from '../platform/errors.ts'
import { faultsOf } from './faults.ts'
import { type Answers, faultsOfAnswers, withAnswers } from './questions.ts'
import type { Shape } from './shape.ts'
import { expectMayAsk, type Source, sourceOf } from './source.ts'

export type Asked = { source: Source; filter: unknown; where: RawBuilder<boolean> }

/** Throws 409 with all that is wrong with the report, 403 for who may read none of what it is about, 400 for an answer that does not fit. */
export function asked(shape: Shape, actor: Actor, answers: Answers, context: ListContext): Asked {
  const problems = faultsOf(shape, context)
  if (problems.length > 0) throw new AppError('conflict', 'reportBroken', `This report asks for what is not there any more. ${problems.map(({ path, message }) => `${path}: ${message}`).join(' ')}`.slice(0, 1_000), { errors: problems })
  expectMayAsk(shape.entityType, actor)
  const source = sourceOf(shape.entityType, actor)!
  const answered = withAnswers(shape.filter, shape.questions ?? [], answers)
  try {
    return { source, filter: answered.filter, where: conditionOf(source.listable, { filter: answered.filter }, context) }
  } catch (error) {
    if (!(error instanceof AppError) || !error.extra.errors) throw error
    throw invalid(faultsOfAnswers(error.extra.errors, answered))
  }
}
