/**
 * Writes the campaign log: events of one lane, in the caller's transaction, with the figures they change.
 * Set-based: the number of statements does not grow with the number of events.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { changesOf, type EarlierEntry, type Entry, fold, type LogEvent, type WrittenEntry } from './entry.ts'
import { addToFigures, addToHours } from './figures.ts'

/** First key of the advisory locks that writers of one lane's log take in turn; the second is the lane. */
const laneLock = 0x6c_6f_67

/**
 * Adds what happened to deliveries of one lane. What the log has already is counted up (repeats, last time), never added twice.
 * The present status of deliveries is not moved here: whoever settles calls `moveStatus` in the same transaction, before this.
 */
export async function recordEvents(tx: Tx, lane: number, events: readonly LogEvent[]): Promise<void> {
  const entries = fold(events)
  if (entries.length === 0) return
  // "Is this the delivery's first click?" has one answer only when nobody else is writing about this lane.
  await sql`select pg_advisory_xact_lock(${laneLock}, ${lane})`.execute(tx)
  const written = await insertEntries(tx, lane, entries)
  const changes = changesOf(written, await earlierEntries(tx, lane, written))
  await addToFigures(tx, lane, changes.figures)
  await addToHours(tx, lane, changes.hours)
}

type InsertedRow = Omit<WrittenEntry, 'repeats'> & { id: number; test: boolean }

/** The entries as they stand now, without those of tests: these are never counted. */
async function insertEntries(tx: Tx, lane: number, entries: Entry[]): Promise<(WrittenEntry & { id: number })[]> {
  const of = <Value>(value: (entry: Entry) => Value) => entries.map(value)
  const { rows } = await sql<InsertedRow>`
    insert into log_entry as known (lane, campaign_id, mass_email_id, delivery_id, action, subject, at, entity_type, record_id,
                                    email_address, tracking_url_id, detail, machine, test, repeats, last_at)
    select ${lane}, * from unnest(
      ${of((entry) => entry.campaignId)}::uuid[], ${of((entry) => entry.massEmailId)}::uuid[], ${of((entry) => entry.deliveryId)}::bigint[],
      ${of((entry) => entry.action)}::text[], ${of((entry) => entry.subject)}::text[], ${of((entry) => entry.at)}::timestamptz[],
      ${of((entry) => entry.entityType)}::text[], ${of((entry) => entry.recordId)}::uuid[], ${of((entry) => entry.emailAddress)}::text[],
      ${of((entry) => entry.trackingUrlId)}::uuid[], ${of((entry) => JSON.stringify(entry.detail))}::jsonb[],
      ${of((entry) => entry.machine)}::boolean[], ${of((entry) => entry.test)}::boolean[], ${of((entry) => entry.repeats)}::int[],
      ${of((entry) => entry.lastAt)}::timestamptz[])
    on conflict (lane, delivery_id, action, subject, machine) do update
       set repeats = known.repeats + excluded.repeats, last_at = greatest(known.last_at, excluded.last_at)
    returning id, delivery_id, mass_email_id, campaign_id, action, subject, tracking_url_id, machine, test, at, xmax = 0 as is_new`.execute(tx)
  const repeatsOf = new Map(entries.map((entry) => [keyOf(entry), entry.repeats]))
  return rows.filter((row) => !row.test).map((row) => ({ ...row, repeats: repeatsOf.get(keyOf(row))! }))
}

const keyOf = ({ deliveryId, action, subject, machine }: EarlierEntry) => `${deliveryId} ${action} ${subject} ${machine}`

/** What the log said before about deliveries of which something new was said; only what the figures depend on. */
async function earlierEntries(tx: Tx, lane: number, written: (WrittenEntry & { id: number })[]): Promise<EarlierEntry[]> {
  const dependent = written.filter(({ isNew, action }) => isNew && (action === 'clicked' || action === 'bounced' || action === 'sent'))
  const repeated = written.filter(({ isNew, action }) => !isNew && action === 'clicked')
  if (dependent.length === 0) return repeated
  const { rows } = await sql<EarlierEntry>`
    select delivery_id, action, subject, machine from log_entry
     where lane = ${lane} and delivery_id = any(${[...new Set(dependent.map((entry) => entry.deliveryId))]}::bigint[])
       and action in ('clicked', 'bounced', 'sent') and id <> all(${dependent.map((entry) => entry.id)}::bigint[])`.execute(tx)
  return [...rows, ...repeated]
}
