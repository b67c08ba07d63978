/** Who is in a report, for filling a target list and keeping it in step. */
import type { RawBuilder } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { reportPeople } from '../reports/people.ts'
import { openQuestions, withAnswers } from '../reports/questions.ts'
import { readReport } from '../reports/report-list.ts'
import { unseenIn } from './unseen.ts'

/** `people` is a SELECT of (entity_type, record_id); `filter` what is asked, with the defaults of the questions. */
export type People = { report: { id: string; name: string }; filter: unknown; people: RawBuilder<unknown> }

/**
 * With the rights of that person. Throws 404 for a report that may not be seen, 409 for one that names no people, asks for what is gone, waits
 * for an answer (without it the condition would be left out, and people be mailed whom nobody meant), or asks about what that person may not see.
 */
export async function peopleOf(db: Db, actor: Actor, reportId: string, context: ListContext): Promise<People> {
  const report = await readReport(db, actor, reportId, context)
  const open = openQuestions(report)
  if (open.length > 0) {
    throw new AppError('conflict', 'reportAsks', `This report asks for ${open.map(({ label }) => `“${label}”`).join(', ')} when it is run, and nobody is there to answer. Give the question a default, or make a report without it.`)
  }
  const people = reportPeople(actor, report, context).select
  const { filter } = withAnswers(report.filter, report.questions, {})
  const unseen = await unseenIn(db, actor, { entityType: report.entityType, filter })
  if (unseen !== null) throw asksUnseen(unseen)
  return { report, filter, people }
}

const asksUnseen = (what: string) => new AppError('conflict', 'reportAsksUnseen',
  `This report asks about ${what} that you may not see, or that are gone: it would find others than it means. Ask only about what you may see, or let somebody do it who may see them all.`, { what })
