/** How a target list grew: who of its present members joined on which day, and how many of them were there by then. */
import { sql } from 'kysely'
import { addDays, dayIn } from '../listing/days.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { Growth } from './contract.ts'

const shownDays = 90

/** The last 90 days in the time zone of the installation, today last. Whoever left meanwhile is not counted any more. */
export async function growthOf(db: Db, targetListId: string, { now, timeZone }: ListContext): Promise<Growth> {
  const first = addDays(dayIn(timeZone, now), 1 - shownDays)
  const { rows } = await sql<{ day: string | null; added: number }>`
    select case when m.added_at >= ${first}::date::timestamp at time zone ${timeZone} then (m.added_at at time zone ${timeZone})::date::text end as day, count(*) as added
      from target_list_member m where m.target_list_id = ${targetListId}::uuid group by 1`.execute(db)
  const addedOn = new Map(rows.map(({ day, added }) => [day, added]))
  let members = addedOn.get(null) ?? 0
  return {
    days: Array.from({ length: shownDays }, (_, index) => {
      const day = addDays(first, index)
      const added = addedOn.get(day) ?? 0
      return { day, added, members: members += added }
    }),
  }
}
