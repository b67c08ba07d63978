/** A ledger to log about: a campaign, its mass emails and deliveries, written straight into the tables. */
import { sql } from 'kysely'
import { countPeople } from '../src/log/people-counted.ts'
import { moveStatus } from '../src/log/status.ts'
import { type LogEvent, recipientsOf } from '../src/log/entry.ts'
import { recordEvents } from '../src/log/record-events.ts'
import type { Db } from '../src/platform/db.ts'
import { newId } from '../src/platform/id.ts'

export type LedgerDelivery = { lane: number; id: number; massEmailId: string; campaignId: string; entityType: string; recordId: string; emailAddress: string; test: boolean }
type Status = 'pending' | 'sending' | 'sent' | 'failed' | 'skipped' | 'uncertain'

export async function givenCampaign(db: Db, name = 'Spring'): Promise<string> {
  const id = newId()
  await db.insertInto('campaign').values({ id, name, status: 'active' }).execute()
  return id
}

export async function givenMassEmail(db: Db, campaignId: string, values: { name?: string; optOutEntirely?: boolean; frozen?: string } = {}): Promise<string> {
  const id = newId()
  await db.insertInto('massEmail').values({ id, campaignId, name: 'First', ...values }).execute()
  return id
}

export async function givenContact(db: Db, emailAddress: string, firstName = ''): Promise<string> {
  const id = newId()
  await db.insertInto('contact').values({ id, emailAddress, firstName }).execute()
  return id
}

/** One delivery for each address, in its lane, with a contact of that address (whatever type the delivery names); counted as people. */
export async function givenDeliveries(
  db: Db, massEmail: { id: string; campaignId: string }, addresses: string[], { status = 'pending', test = false, entityType = 'Contact' }: { status?: Status; test?: boolean; entityType?: string } = {},
): Promise<LedgerDelivery[]> {
  const deliveries: LedgerDelivery[] = []
  for (const emailAddress of addresses) {
    const known = await db.selectFrom('contact').select('id').where('emailAddress', '=', emailAddress).executeTakeFirst()
    const recordId = known?.id ?? await givenContact(db, emailAddress, emailAddress.split('@')[0])
    const { rows: [row] } = await sql<{ lane: number; id: number }>`
      insert into delivery (lane, mass_email_id, entity_type, record_id, email_address, email_key, status, test, due_at)
      values (lane_of(lower(${emailAddress})), ${massEmail.id}, ${entityType}, ${recordId}, ${emailAddress}, lower(${emailAddress}), ${status}, ${test}, now())
      returning lane, id`.execute(db)
    deliveries.push({ ...row!, massEmailId: massEmail.id, campaignId: massEmail.campaignId, entityType, recordId, emailAddress, test })
  }
  await db.transaction().execute((tx) => countPeople(tx, massEmail.id, massEmail.campaignId))
  return deliveries
}

export function eventOf(given: LedgerDelivery, action: LogEvent['action'], about: Partial<LogEvent> = {}): LogEvent {
  const { id, lane: _, ...delivery } = given
  return { deliveryId: id, action, at: new Date('2030-01-01T12:00:00Z'), ...delivery, ...about }
}

/** Logs one event for each of these deliveries, each in its lane. */
export async function happened(db: Db, deliveries: LedgerDelivery[], action: LogEvent['action'], about: Partial<LogEvent> = {}): Promise<void> {
  for (const delivery of deliveries) {
    await db.transaction().execute((tx) => recordEvents(tx, delivery.lane, [eventOf(delivery, action, about)]))
  }
}

/** Settles deliveries as a sender does: status, figures and log entry in one transaction. */
export async function settled(db: Db, deliveries: LedgerDelivery[], from: Status, to: Status): Promise<void> {
  for (const delivery of deliveries) {
    await db.transaction().execute(async (tx) => {
      await tx.updateTable('delivery').set({ status: to }).where('lane', '=', delivery.lane).where('id', '=', delivery.id).execute()
      await moveStatus(tx, delivery.lane, [{ massEmailId: delivery.massEmailId, campaignId: delivery.campaignId, from, to, of: recipientsOf(delivery), count: 1 }])
      if (to !== 'pending' && to !== 'sending') await recordEvents(tx, delivery.lane, [eventOf(delivery, to)])
    })
  }
}
