/** Mass emails whose mail is due now and only waits: to be let out (for the portion, for the window), or for a process that sends it. */
import { sql } from 'kysely'
import { isDueAgain } from '../delivery/uncertain.ts'
import { readPortion } from '../pace/portion.ts'
import { isWindowOpen } from '../pace/sending-window.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { readOutboundEmails } from '../settings/settings.ts'

export type Waiting = { id: string; name: string; userIds: (string | null)[] }

/** Of active campaigns, the one that was frozen first before the others; `userIds` are those whom it concerns. */
export async function waitingMassEmails(db: Db, now: Date): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select m.id, m.name, array[coalesce(m.author_id, m.created_by), c.assigned_user_id] as user_ids
      from mass_email m join campaign c on c.id = m.campaign_id
     where m.status = 'inProcess' and m.deleted_at is null and c.status = 'active'
       and exists (select from delivery d where d.mass_email_id = m.id and d.status = 'pending' and not d.test and d.due_at <= ${now}) order by m.frozen_at`.execute(db)
  return rows
}

/**
 * Names of mass emails of which a sender would take something at once: what is open and due, what a sender that died had in its hands, and what is sent
 * again because nobody knows whether it arrived. None while the window is closed or the portion used up.
 */
export async function waitingForSender(db: Db, clock: Clock): Promise<string[]> {
  const now = clock()
  const settings = await readOutboundEmails(db)
  if (!isWindowOpen(settings.window, now) || (await readPortion(db, clock, settings)).freeAt) return []
  const { rows } = await sql<{ name: string }>`
    select m.name from mass_email m join campaign c on c.id = m.campaign_id
     where m.status = 'inProcess' and m.deleted_at is null and c.status = 'active'
       and (exists (select from delivery d where d.mass_email_id = m.id and d.status = 'pending' and not d.test and d.due_at <= ${now} and d.id <= m.opened_through)
         or exists (select from delivery d where d.mass_email_id = m.id and d.status = 'sending' and not d.test)
         or exists (select from delivery d where d.mass_email_id = m.id and not d.test and ${isDueAgain(settings, now)}))
     order by m.frozen_at`.execute(db)
  return rows.map(({ name }) => name)
}
