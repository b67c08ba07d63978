/** Who is in a report, for filling a target list and keeping it in step. */
import type { RawBuilder } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import { reportPeople } from '../reports/people.ts'
import { readReport } from '../reports/report-list.ts'

/** `people` is a SELECT of (entity_type, record_id). */
export type People = { report: { id: string; name: string; filter?: unknown }; people: RawBuilder<unknown> }

/** With the rights of that person. Throws 404 for a report that may not be seen, 409 for one that names no people or asks for what is gone. */
export async function peopleOf(db: Db, actor: Actor, reportId: string, context: ListContext): Promise<People> {
  const report = await readReport(db, actor, reportId, context)
  return { report, people: reportPeople(actor, report, context).select }
}
