/** Who hears that the portion of the hour is used up: those whose mail waits for it, once for each exhaustion, until there is allowance again. */
import { sql } from 'kysely'
import { notify, endNotice, saidSince } from '../notices/notices.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { dateAndTime } from '../platform/date-and-time.ts'
import { readGeneral } from '../settings/settings.ts'
import { nextPortion } from './next-portion.ts'

const onceKey = 'portionUsedUp'
/** In a sliding hour allowance comes back by and by and is used at once: that is still the same exhaustion. */
const sameForMs = 3_600_000

/** Asked again and again, by any number of processes. */
export async function tellAboutPortion(db: Db, clock: Clock): Promise<void> {
  const now = clock()
  const { limit, used, freeAt, nextAt } = await nextPortion(db, clock)
  const waiting = freeAt ? await waitingForPortion(db, now) : []
  if (waiting.length === 0) {
    await endNotice(db, onceKey, now)
    return
  }
  if (await saidSince(db, onceKey, new Date(now.getTime() - sameForMs))) return
  const { timeZone } = await readGeneral(db)
  const goesOn = nextAt ? `What waits goes on by itself at ${dateAndTime(nextAt, timeZone)} (${timeZone}).` : 'The job Send Mass Emails is inactive: nothing goes on before it is active again.'
  const [only] = waiting
  await notify(db, {
    kind: 'portionUsedUp', level: 'info', onceKey, title: 'The portion of this hour is used up', text: `${used.toLocaleString('en')} of ${limit!.toLocaleString('en')} were sent within an hour. ${goesOn}`,
    // Of several it names none: each reader may see his own only.
    ...(waiting.length === 1 && { about: { type: 'MassEmail', id: only!.id, name: only!.name } }), to: { userIds: waiting.flatMap(({ userIds }) => userIds) },
  }, now)
}

async function waitingForPortion(db: Db, now: Date): Promise<{ id: string; name: string; userIds: (string | null)[] }[]> {
  const { rows } = await sql<{ id: string; name: string; userIds: (string | null)[] }>`
    select m.id, m.name, array[coalesce(m.author_id, m.created_by), c.assigned_user_id] as user_ids
      from mass_email m join campaign c on c.id = m.campaign_id
     where m.status = 'inProcess' and m.deleted_at is null and c.status = 'active'
       and exists (select from delivery d where d.mass_email_id = m.id and d.status = 'pending' and not d.test and d.due_at <= ${now}) order by m.frozen_at`.execute(db)
  return rows
}
