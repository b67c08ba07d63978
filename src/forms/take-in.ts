/** A subscription becomes true: a person is found or made, joins the lists with consent, and takes back a "no". All in one transaction. */
import { sql } from 'kysely'
import { audit } from '../access/audit.ts'
import { joinWithConsent, liftByConsent, type Lifted } from '../audience/consent.ts'
import type { Tx } from '../platform/db.ts'
import type { EntityType } from '../records/definition.ts'
import { definitionOf } from '../records/entity-types.ts'
import type { Stored } from '../records/field-value.ts'
import { insertRecords, updateRecords } from '../records/store.ts'
import { logChoice } from '../response/opt-out.ts'
import { readRecipient } from '../response/recipient.ts'
import { sentConfirmation } from './confirmation-mail.ts'
import { type Given, storedFor } from './fields.ts'
import { consentTextOf, type FormRow } from './forms.ts'

type Person = { entityType: string; id: string }

type Taken = { id: string; emailAddress: string; given: Given; targetListIds: string[]; textVersion: number; doubleOptIn: boolean }
export type Visitor = { ip: string; userAgent: string }

/** The address is locked by the caller. Only who has proved that the address is his takes back a "no", or fills in what is known of somebody. */
export async function takeIn(tx: Tx, form: FormRow, taken: Taken, visitor: Visitor, now: Date): Promise<void> {
  const { id, emailAddress, targetListIds, textVersion, doubleOptIn } = taken
  const person = await personOf(tx, form, taken, now)
  await joinWithConsent(tx, targetListIds, person, { at: now, source: `Subscription form: ${form.name}`, text: await consentTextOf(tx, { id: form.id, textVersion }), proved: doubleOptIn })
  const lifted = doubleOptIn ? await liftByConsent(tx, emailAddress, targetListIds, now) : null
  if (lifted) await tell(tx, form, person, lifted, now)
  const mail = await sentConfirmation(tx, id)
  await tx.updateTable('subscription').set({
    status: 'confirmed', ...(mail && { messageId: mail.messageId, mailSentAt: mail.sentAt, mailRepeats: mail.repeats }), confirmedAt: now, confirmedIp: visitor.ip, confirmedUserAgent: visitor.userAgent, given: '{}',
    entityType: person.entityType, recordId: person.id, effect: JSON.stringify(lifted ? effectOf(lifted) : {}),
  }).where('id', '=', id).execute()
}

/** In the order in which they are mailed; of several with this address the oldest. */
async function personOf(tx: Tx, form: FormRow, { emailAddress, given, doubleOptIn }: Taken, now: Date): Promise<Person> {
  for (const type of [definitionOf('Contact'), definitionOf('Lead')]) {
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(type.table)} where email_key = lower(${emailAddress}::text) order by created_at, id limit 1 for update`.execute(tx)
    if (!rows[0]) continue
    if (doubleOptIn) await fillEmpty(tx, type, rows[0].id, storedFor(type, given), now)
    return { entityType: type.name, id: rows[0].id }
  }
  const lead = definitionOf('Lead')
  const own: Stored = { email_address: emailAddress, email_malformed: 'false', source: `Subscription form: ${form.name}`.slice(0, 255), status: statusOf(lead) }
  const kept: Stored = { assigned_user_id: form.leadUserId, team_ids: `{${form.leadTeamIds.join(',')}}` }
  const [id] = await insertRecords(tx, lead, [{ ...storedFor(lead, given), ...own, ...kept }], { userId: null, now })
  return { entityType: lead.name, id: id! }
}

const statusOf = ({ fields }: EntityType): string => String(fields.find(({ name }) => name === 'status')?.default ?? '')

/** What somebody has written there stays, whatever a visitor says. */
async function fillEmpty(tx: Tx, type: EntityType, id: string, values: Stored, now: Date): Promise<void> {
  const columns = Object.keys(values)
  if (columns.length === 0) return
  const { rows } = await sql<{ known: Record<string, unknown> }>`
    select to_jsonb(r) as known from ${sql.table(type.table)} r where id = ${id}`.execute(tx)
  const empty = columns.filter((column) => [null, '', false].includes(rows[0]!.known[column] as never))
  if (empty.length > 0) await updateRecords(tx, type, [id], Object.fromEntries(empty.map((column) => [column, values[column]!])), { userId: null, now })
}

const effectOf = ({ lists, entirely, complaint, others, still }: Lifted) => ({
  ...(lists.length > 0 && { liftedLists: lists }), ...(entirely && { liftedEntirely: true }), ...(complaint && { liftedComplaint: true }),
  ...(others > 0 && { optedOutOfOthers: others }), ...(still.length > 0 && { stillSuppressed: still }),
})

/** A "no" that is taken back is audited, and stands as Opted In beside the mail whose link had said it; the Opted Out entry stays. */
async function tell(tx: Tx, form: FormRow, person: Person, lifted: Lifted, now: Date): Promise<void> {
  if (lifted.lists.length === 0 && !lifted.entirely && !lifted.complaint) return
  const actor = { userId: '', userName: 'Subscription form', type: 'api', via: 'system', ip: '' } as const
  await audit(tx, actor, 'optOutLifted', { type: 'SubscriptionForm', id: form.id, name: form.name, detail: { record: person, ...effectOf(lifted) } })
  for (const { lane, deliveryId } of lifted.deliveries) {
    const recipient = await readRecipient(tx, { lane, id: deliveryId })
    if (recipient) await logChoice(tx, recipient, 'optedIn', { text: `Subscription form: ${form.name}` }, now)
  }
}
