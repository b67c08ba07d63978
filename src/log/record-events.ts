/**
 * Writes the campaign log: events of one lane, in the caller's transaction, with the figures they change.
 * Set-based: the number of statements does not grow with the number of events.
 */
import { sql } from 'kysely'
import { columnsOf } from '../platform/columns.ts'
import type { Tx } from '../platform/db.ts'
import { jsonFor } from '../platform/json.ts'
import { addCounts } from './counters.ts'
import { type Action, changesOf, type EarlierEntry, type Entry, fold, keyOf, type LogEvent } from './entry.ts'
import { lockLane } from './lane-lock.ts'

/**
 * Adds what happened to deliveries of one lane. What the log has already is counted up (repeats, last time), never added twice.
 * The present status of deliveries is not moved here: whoever settles calls `moveStatus` in the same transaction, before this.
 */
export async function recordEvents(tx: Tx, lane: number, events: readonly LogEvent[]): Promise<void> {
  const entries = fold(events)
  if (entries.length === 0) return
  await lockLane(tx, lane)
  const written = await insertEntries(tx, lane, entries)
  await addCounts(tx, lane, changesOf(written, await earlierEntries(tx, lane, written)))
}

/** The entries without those of tests (these are never counted), each with whether it is new in the log. */
async function insertEntries(tx: Tx, lane: number, entries: Entry[]): Promise<Entry[]> {
  const { select, from } = rowsOf(entries)
  // Nearly all are new: only the others are answered.
  const { rows } = await sql<EarlierEntry>`
    with written as (
      insert into log_entry as known (lane, delivery_id, campaign_id, mass_email_id, action, subject, at, entity_type, record_id,
                                      email_address, tracking_url_id, detail, machine, test, repeats, last_at)
      select ${lane}, ${select} from ${from}
      on conflict (lane, delivery_id, action, subject, machine) do update
         set repeats = known.repeats + excluded.repeats, last_at = greatest(known.last_at, excluded.last_at)
      returning delivery_id, action, subject, machine, xmax <> 0 as was_there)
    select delivery_id, action, subject, machine from written where was_there`.execute(tx)
  const wereThere = new Set(rows.map(keyOf))
  for (const entry of entries) entry.isNew = wereThere.size === 0 || !wereThere.has(keyOf(entry))
  return entries.filter((entry) => !entry.test)
}

/** In the order in which the insert names them. */
const rowsOf = (entries: Entry[]) => columnsOf([
  { name: 'delivery_id', type: 'bigint', values: entries.map((entry) => entry.deliveryId) },
  { name: 'campaign_id', type: 'uuid', values: entries.map((entry) => entry.campaignId) },
  { name: 'mass_email_id', type: 'uuid', values: entries.map((entry) => entry.massEmailId) },
  { name: 'action', type: 'text', values: entries.map((entry) => entry.action) },
  { name: 'subject', type: 'text', values: entries.map((entry) => entry.subject) },
  { name: 'at', type: 'timestamptz', values: entries.map((entry) => entry.at) },
  { name: 'entity_type', type: 'text', values: entries.map((entry) => entry.entityType) },
  { name: 'record_id', type: 'uuid', values: entries.map((entry) => entry.recordId) },
  { name: 'email_address', type: 'text', values: entries.map((entry) => entry.emailAddress) },
  { name: 'tracking_url_id', type: 'uuid', values: entries.map((entry) => entry.trackingUrlId) },
  { name: 'detail', type: 'jsonb', values: entries.map((entry) => jsonFor(entry.detail)) },
  { name: 'machine', type: 'boolean', values: entries.map((entry) => entry.machine) },
  { name: 'test', type: 'boolean', values: entries.map((entry) => entry.test) },
  { name: 'repeats', type: 'int', values: entries.map((entry) => entry.repeats) },
  { name: 'last_at', type: 'timestamptz', values: entries.map((entry) => entry.lastAt) },
])

/** What the figures of a new entry depend on. */
const dependsOn: Partial<Record<Action, Action[]>> = { clicked: ['clicked'], bounced: ['bounced', 'sent'], sent: ['bounced'] }

/** What the log said before about deliveries of which something new was said; only what the figures depend on. */
async function earlierEntries(tx: Tx, lane: number, written: Entry[]): Promise<EarlierEntry[]> {
  const dependent = written.filter(({ isNew, action }) => isNew && dependsOn[action])
  const repeated = written.filter(({ isNew, action }) => !isNew && action === 'clicked')
  if (dependent.length === 0) return repeated
  const actions = new Set(dependent.flatMap(({ action }) => dependsOn[action]!))
  const { rows } = await sql<EarlierEntry>`
    select delivery_id, action, subject, machine from log_entry
     where lane = ${lane} and delivery_id = any(${`{${[...new Set(dependent.map((entry) => entry.deliveryId))].join(',')}}`}::bigint[])
       and action = any(${[...actions]}::text[])`.execute(tx)
  const ours = new Set(written.filter(({ isNew }) => isNew).map(keyOf))
  return [...rows.filter((row) => !ours.has(keyOf(row))), ...repeated]
}
