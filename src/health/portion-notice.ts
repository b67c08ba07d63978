/** Who hears that the portion of the hour is used up: those whose mail waits for it, once for each exhaustion, until there is allowance again. */
import { notify, endNotice, saidSince } from '../notices/notices.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { timeInWords } from '../platform/date-and-time.ts'
import { readPortion } from '../pace/portion.ts'
import { readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { nextRun } from './next-portion.ts'
import { waitingMassEmails } from './waiting.ts'

const onceKey = 'portionUsedUp'
/** In a sliding hour allowance comes back by and by and is used at once: that is still the same exhaustion. */
const sameForMs = 3_600_000

/** Asked again and again, by any number of processes. */
export async function tellAboutPortion(db: Db, clock: Clock): Promise<void> {
  const now = clock()
  const { limit, used, freeAt } = await readPortion(db, clock, await readOutboundEmails(db))
  const waiting = freeAt ? await waitingMassEmails(db, now) : []
  if (!freeAt || waiting.length === 0) {
    await endNotice(db, onceKey, now)
    return
  }
  if (await saidSince(db, onceKey, new Date(now.getTime() - sameForMs))) return
  const { timeZone } = await readGeneral(db)
  const nextAt = await nextRun(db, freeAt)
  const goesOn = nextAt ? `What waits goes on by itself at ${timeInWords(nextAt, timeZone)}.` : 'The job Send Mass Emails is inactive: nothing goes on before it is active again.'
  const [only] = waiting
  await notify(db, {
    kind: 'portionUsedUp', level: 'info', onceKey, title: 'The portion of this hour is used up', text: `${used.toLocaleString('en')} of ${limit!.toLocaleString('en')} were sent within an hour. ${goesOn}`,
    // Of several it names none: each reader may see his own only.
    ...(waiting.length === 1 && { about: { type: 'MassEmail', id: only!.id, name: only!.name } }), to: { userIds: waiting.flatMap(({ userIds }) => userIds) },
  }, now)
}
