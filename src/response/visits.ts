/**
 * Clicks and opens on their way into the log: written in batches of one lane, answered when they are committed. A visit needs no look-up
 * of its own: the batch reads its deliveries at once.
 */
import { sql } from 'kysely'
import type { LogEvent } from '../log/entry.ts'
import { recordEvents } from '../log/record-events.ts'
import type { Db, Tx } from '../platform/db.ts'
import { sqlState } from '../platform/errors.ts'
import { type GroupCommit, groupCommit } from '../platform/group-commit.ts'
import { oneOfMany } from './slots.ts'

export type Visit = {
  lane: number
  id: number
  /** What was followed: a link (with its tracking URL), the open pixel, or the link that no person sees. */
  what: { kind: 'click'; trackingUrlId: string; url: string } | { kind: 'open' } | { kind: 'honeypot' }
  at: Date
  machine: boolean
  /** The same for the same address and agent, and tells neither. */
  visitorMark: string
}

/** The delivery that was visited, as far as the answer depends on it; null when there is none. */
export type Visited = { test: boolean } | null
export type Visits = { record(visit: Visit): Promise<Visited> }

/** Lanes that are written at the same time; the rest of the pool is for everybody else. */
const lanesAtOnce = 6
/** Whoever fell into the trap is a machine for this long, for this delivery. */
const trapMinutes = 10
const retries = 3

export function openVisits(db: Db): Visits {
  const lanes = new Map<number, GroupCommit<Visit, Visited>>()
  const inSlot = oneOfMany(lanesAtOnce)
  return {
    record(visit) {
      let lane = lanes.get(visit.lane)
      if (!lane) lanes.set(visit.lane, lane = groupCommit((visits: Visit[]) => inSlot(() => writeBatch(db, visit.lane, visits))))
      return lane.add(visit)
    },
  }
}

type Delivery = {
  id: number; massEmailId: string; campaignId: string; entityType: string; recordId: string; emailAddress: string
  test: boolean; openTracking: boolean; trapped: string[] | null
}

async function writeBatch(db: Db, lane: number, visits: Visit[]): Promise<Visited[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute((tx) => writeVisits(tx, lane, visits))
    } catch (error) {
      // A deadlock with a sender that settles the same deliveries: one of the two has to come again (40P01, 40001).
      if (attempt === retries || !sqlState(error)?.startsWith('40')) throw error
    }
  }
}

async function writeVisits(tx: Tx, lane: number, visits: Visit[]): Promise<Visited[]> {
  const deliveries = await readDeliveries(tx, lane, visits)
  const trapped = new Set([...deliveries.values()].flatMap(({ id, trapped: marks }) => (marks ?? []).map((mark) => `${id} ${mark}`)))
  for (const { id, what, visitorMark } of visits) if (what.kind === 'honeypot') trapped.add(`${id} ${visitorMark}`)
  await recordEvents(tx, lane, visits.flatMap((visit) => {
    const delivery = deliveries.get(visit.id)
    const machine = visit.machine || trapped.has(`${visit.id} ${visit.visitorMark}`)
    // A test mail's links change nothing, not even the log.
    return delivery && !delivery.test ? eventsOf({ ...visit, machine }, delivery) : []
  }))
  return visits.map(({ id }) => { const delivery = deliveries.get(id); return delivery ? { test: delivery.test } : null })
}

async function readDeliveries(tx: Tx, lane: number, visits: Visit[]): Promise<Map<number, Delivery>> {
  const earliest = new Date(Math.min(...visits.map(({ at }) => at.getTime())) - trapMinutes * 60_000)
  const { rows } = await sql<Delivery>`
    select d.id, d.mass_email_id, m.campaign_id, d.entity_type, d.record_id, d.email_address, d.test,
           coalesce((m.frozen ->> 'openTracking')::boolean, false) as open_tracking,
           (select array_agg(e.detail ->> 'visitor') from log_entry e
             where e.lane = d.lane and e.delivery_id = d.id and e.action = 'clicked' and e.subject like 'honeypot %' and e.last_at >= ${earliest}) as trapped
      from delivery d join mass_email m on m.id = d.mass_email_id
     where d.lane = ${lane} and d.id = any(${[...new Set(visits.map(({ id }) => id))]}::bigint[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** A click implies an open where opens are tracked; the trap is a click of a machine on no tracking URL. */
function eventsOf({ id, what, at, machine, visitorMark }: Visit, delivery: Delivery): LogEvent[] {
  const { massEmailId, campaignId, entityType, recordId, emailAddress } = delivery
  const event = { deliveryId: id, massEmailId, campaignId, entityType, recordId, emailAddress, at, machine }
  const opened: LogEvent = { ...event, action: 'opened' }
  if (what.kind === 'open') return [opened]
  if (what.kind === 'honeypot') {
    return [{ ...event, machine: true, action: 'clicked', subject: `honeypot ${visitorMark}`, detail: { visitor: visitorMark } }]
  }
  const clicked: LogEvent = { ...event, action: 'clicked', subject: what.trackingUrlId, trackingUrlId: what.trackingUrlId, detail: { url: what.url } }
  return delivery.openTracking ? [clicked, opened] : [clicked]
}
