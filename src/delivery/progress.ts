/** A mass email on its way, in numbers: for the live page. */
import { sql } from 'kysely'
import { sumFigures } from '../log/figures.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { readPortion } from '../pace/portion.ts'
import type { DeliveryStatus } from './ledger.ts'
import { isWindowOpen, nextOpening } from '../pace/sending-window.ts'

/** The rate is taken over this long: short enough to be live, long enough not to flicker. */
const rateSeconds = 60

export async function readProgress(db: Db, clock: Clock, massEmailId: string, now: Date) {
  const { status, openedThrough, campaignId } = await db.selectFrom('massEmail').select(['status', 'openedThrough', 'campaignId']).where('id', '=', massEmailId).executeTakeFirstOrThrow()
  const counts = await countByStatus(db, massEmailId)
  const { limit, used, nextAt } = await portionInUse(db, clock, now)
  const perMinute = await ratePerMinute(db, massEmailId, campaignId, now)
  const left = counts.pending + counts.sending
  return {
    status, counts, total: Object.values(counts).reduce((sum, count) => sum + count, 0), perMinute,
    secondsLeft: status === 'inProcess' ? secondsLeft(left, perMinute, limit) : null,
    opened: openedThrough > 0,
    portion: { limit, used, nextAt: left > 0 ? nextAt : null },
  }
}

/** `nextAt` while nothing may leave: the hour is used up, or the sending window closed. */
export async function portionInUse(db: Db, clock: Clock, now: Date) {
  const settings = await readOutboundEmails(db)
  const { window } = settings
  const { limit, used, freeAt } = await readPortion(db, clock, settings)
  const nextAt = freeAt || !isWindowOpen(window, now) ? nextOpening(window, nextMinute(freeAt ?? now)) : null
  return { limit, used, nextAt: nextAt?.toISOString() ?? null }
}

/** From the figures, which are settled with the deliveries; only what is on the wire is counted itself. */
export async function countByStatus(db: Db, massEmailId: string): Promise<Record<DeliveryStatus, number>> {
  const { human: { people = 0, sent = 0, failed = 0, skipped = 0, uncertain = 0 } } = await sumFigures(db, { massEmailId })
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from delivery where status = 'sending' and mass_email_id = ${massEmailId} and not test`.execute(db)
  const unsettled = people - sent - failed - skipped - uncertain
  const sending = Math.min(rows[0]!.count, unsettled)
  return { pending: unsettled - sending, sending, sent, failed, skipped, uncertain }
}

/** Over the time since the first of the last minute, so that the rate of a short run is not watered down. */
async function ratePerMinute(db: Db, massEmailId: string, campaignId: string, now: Date): Promise<number> {
  const since = new Date(now.getTime() - rateSeconds * 1000)
  const { rows } = await sql<{ count: number; first: Date | null }>`
    select count(*) as count, min(at) as first from log_entry
     where campaign_id = ${campaignId} and action = 'sent' and at > ${since} and mass_email_id = ${massEmailId} and not test`.execute(db)
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
