/** Visits become entries of the campaign log: those of one lane, in one transaction, by statements that do not grow with their number. */
import { sql } from 'kysely'
import { settleByEvidence } from '../delivery/evidence.ts'
import type { LogEvent } from '../log/entry.ts'
import { recordEvents } from '../log/record-events.ts'
import type { Tx } from '../platform/db.ts'
import type { Visit } from './visit.ts'

/** Whoever fell into the trap is a machine for this long, for this delivery. */
const trapMinutes = 10

/** A visit to a delivery that is gone, or to a test mail, changes nothing. */
export async function logVisits(tx: Tx, lane: number, visits: readonly Visit[]): Promise<void> {
  const deliveries = await readDeliveries(tx, lane, visits)
  const trapped = new Set([...deliveries.values()].flatMap(({ id, trapped: marks }) => (marks ?? []).map((mark) => `${id} ${mark}`)))
  // Pending: it was Uncertain and waits to be sent again. Who was never sent anything visits nothing.
  const unsure = [...deliveries.values()].filter(({ status }) => status === 'uncertain' || status === 'pending').map(({ id }) => id)
  if (unsure.length > 0) await settleByEvidence(tx, lane, unsure, visits[0]!.at)
  for (const { deliveryId, kind, visitorMark } of visits) if (kind === 'honeypot') trapped.add(`${deliveryId} ${visitorMark}`)
  await recordEvents(tx, lane, visits.flatMap((visit) => {
    const delivery = deliveries.get(visit.deliveryId)
    const machine = visit.machine || trapped.has(`${visit.deliveryId} ${visit.visitorMark}`)
    return delivery ? eventsOf({ ...visit, machine }, delivery) : []
  }))
}

type Delivery = {
  id: number; massEmailId: string; campaignId: string; entityType: string; recordId: string; emailAddress: string
  status: string
  openTracking: boolean
  /** The marks of visitors who fell into the trap lately. */
  trapped: string[] | null
}

async function readDeliveries(tx: Tx, lane: number, visits: readonly Visit[]): Promise<Map<number, Delivery>> {
  const since = new Date(Math.min(...visits.map(({ at }) => at.getTime())) - trapMinutes * 60_000)
  const { rows } = await sql<Delivery>`
    select d.id, d.mass_email_id, m.campaign_id, d.entity_type, d.record_id, d.email_address, d.status,
           coalesce((m.frozen ->> 'openTracking')::boolean, false) as open_tracking,
           (select array_agg(e.detail ->> 'visitor') from log_entry e
             where e.lane = d.lane and e.delivery_id = d.id and e.action = 'clicked' and e.subject like 'honeypot %' and e.last_at >= ${since}) as trapped
      from delivery d join mass_email m on m.id = d.mass_email_id
     where d.lane = ${lane} and d.id = any(${[...new Set(visits.map(({ deliveryId }) => deliveryId))]}::bigint[]) and not d.test`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** A click implies an open where opens are tracked; the trap is a click of a machine on no tracking URL. */
function eventsOf({ deliveryId, kind, trackingUrlId, url, at, machine, visitorMark }: Visit, delivery: Delivery): LogEvent[] {
  const { massEmailId, campaignId, entityType, recordId, emailAddress } = delivery
  const event = { deliveryId, massEmailId, campaignId, entityType, recordId, emailAddress, at, machine }
  const opened: LogEvent = { ...event, action: 'opened' }
  if (kind === 'open') return [opened]
  if (kind === 'honeypot') {
    return [{ ...event, machine: true, action: 'clicked', subject: `honeypot ${visitorMark}`, detail: { visitor: visitorMark } }]
  }
  const clicked: LogEvent = { ...event, action: 'clicked', subject: trackingUrlId ?? '', trackingUrlId, detail: { url } }
  return delivery.openTracking ? [clicked, opened] : [clicked]
}
