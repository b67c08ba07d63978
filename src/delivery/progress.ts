/** A mass email on its way, in numbers: for the live page. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { readPortion } from './allowance.ts'
import { expectMassEmail } from './deliveries.ts'
import { type DeliveryStatus, deliveryStatuses } from './ledger.ts'
import { isWindowOpen, nextOpening } from './sending-window.ts'

/** The rate is taken over this long: short enough to be live, long enough not to flicker. */
const rateSeconds = 60

export async function readProgress(db: Db, massEmailId: string, now: Date) {
  await expectMassEmail(db, massEmailId)
  const { status, openedThrough } = await db.selectFrom('massEmail').select(['status', 'openedThrough']).where('id', '=', massEmailId).executeTakeFirstOrThrow()
  const counts = await countByStatus(db, massEmailId)
  const { maxPerHour, window } = await readOutboundEmails(db)
  const { limit, used, freeAt } = await readPortion(db, maxPerHour, now)
  const nextAt = freeAt || !isWindowOpen(window, now) ? nextOpening(window, nextMinute(freeAt ?? now)) : null
  const perMinute = await ratePerMinute(db, massEmailId, now)
  const left = counts.pending + counts.sending
  return {
    status: status!, counts, total: Object.values(counts).reduce((sum, count) => sum + count, 0), perMinute,
    secondsLeft: status === 'inProcess' ? secondsLeft(left, perMinute, limit) : null,
    opened: openedThrough! > 0,
    portion: { limit, used, nextAt: nextAt && left > 0 ? nextAt.toISOString() : null },
  }
}

async function countByStatus(db: Db, massEmailId: string): Promise<Record<DeliveryStatus, number>> {
  const { rows } = await sql<{ status: DeliveryStatus; count: number }>`
    select status, count(*) as count from delivery where mass_email_id = ${massEmailId} and not test group by status`.execute(db)
  const counts = new Map(rows.map(({ status, count }) => [status, count]))
  return Object.fromEntries(deliveryStatuses.map((status) => [status, counts.get(status) ?? 0])) as Record<DeliveryStatus, number>
}

/** Over the time since the first of the last minute, so that the rate of a short run is not watered down. */
async function ratePerMinute(db: Db, massEmailId: string, now: Date): Promise<number> {
  const since = new Date(now.getTime() - rateSeconds * 1000)
  const { rows } = await sql<{ count: number; first: Date | null }>`
    select count(*) as count, min(sent_at) as first from delivery
     where mass_email_id = ${massEmailId} and status = 'sent' and not test and sent_at > ${since}`.execute(db)
  const { count, first } = rows[0]!
  const seconds = first ? Math.max(1, (now.getTime() - first.getTime()) / 1000) : rateSeconds
  return Math.round((count / seconds) * 60)
}

/** By the present rate, but never faster than the hourly limit allows; null while nothing moves. */
function secondsLeft(left: number, perMinute: number, limit: number | null): number | null {
  if (left === 0) return 0
  const byRate = perMinute > 0 ? (left / perMinute) * 60 : null
  const byLimit = limit === null ? 0 : Math.floor(left / limit) * 3600
  if (byRate === null && byLimit === 0) return null
  return Math.round(Math.max(byRate ?? 0, byLimit))
}

/** Send Mass Emails runs each minute by default: the first run with allowance opens the next portion. */
const nextMinute = (at: Date) => new Date(Math.ceil(at.getTime() / 60_000) * 60_000)
