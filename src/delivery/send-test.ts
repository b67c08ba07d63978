/** Send Test: the whole way of a real delivery, at once and outside all figures; the server's answer is the result. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { ensureAutomaticLinks } from '../campaign/automatic-links.ts'
import { currentVocabulary } from '../content/merge-values.ts'
import { linksToTrack } from '../content/plain-links.ts'
import { readVersion, versionOf } from '../content/templates.ts'
import { type Account, ehloNameFor, readAccount, smtpTarget } from '../outbound/accounts.ts'
import { impatientDeadlines } from '../outbound/deadlines.ts'
import { type Outcome, without } from '../outbound/outcome.ts'
import { SmtpPool } from '../outbound/pool.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db, Tx } from '../platform/db.ts'
import { domainOf } from '../platform/email-address.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import { publicUrlOf, readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { signerFor } from '../signing/signer.ts'
import { countUses } from '../pace/allowance.ts'
import { accountOwner, instance } from '../pace/scopes.ts'
import { type Completion, completionOf } from './completion.ts'
import { type Composer, createComposer, valuesKey } from './composer.ts'
import { type Frozen, gather } from './frozen.ts'
import { failureCode } from './retry.ts'
import { deliveryKey, type Delivery } from './ledger.ts'
import { settleLane, type Settlement } from './settle.ts'
import { type Candidate, findCandidates, type Reference } from './test-recipients.ts'

export type TestRequest = { recipients: Reference[]; to?: string | undefined; confirmOptedOut?: boolean | undefined }
export type TestResult = { deliveryId: string | null; record: Reference; emailAddress: string; status: 'sent' | 'failed' | 'skipped' | 'uncertain'; reason: string | null }

type Ground = { db: Db; clock: Clock; secrets: Secrets; actor: Actor; now: Date }

export async function sendTest(ground: Ground, massEmailId: string, request: TestRequest): Promise<TestResult[]> {
  const { db, actor, now } = ground
  const prepared = await db.transaction().execute((tx) => prepare(tx, massEmailId, now))
  const candidates = await findCandidates(db, actor, request, prepared.frozen, now)
  expectConfirmed(candidates, request)
  const { account, composer, complete, pool } = await openWay(ground, prepared)
  await audit(db, actor, 'testSent', { type: 'MassEmail', id: massEmailId, name: prepared.name, detail: { recipients: candidates.length } })
  try {
    return await Promise.all(candidates.map((candidate) => candidate.hindrance
      ? { deliveryId: null, record: candidate.record, emailAddress: candidate.emailAddress, status: 'skipped' as const, reason: candidate.hindrance }
      : sendOne(ground, { ...prepared, account, composer, complete, pool }, candidate)))
  } finally {
    await pool.close()
  }
}

type Prepared = { massEmailId: string; campaignId: string; name: string; frozen: Frozen; templateVersionId: string }

/** What was frozen is tested as it was frozen, anything else as it would be frozen now. */
async function prepare(tx: Tx, massEmailId: string, now: Date): Promise<Prepared> {
  const row = isId(massEmailId) ? await tx.selectFrom('massEmail').selectAll().where('id', '=', massEmailId).where('deletedAt', 'is', null).executeTakeFirst() : undefined
  if (!row) throw notFound('mass email', massEmailId)
  const { campaignId, name } = row
  if (row.frozenAt) return { massEmailId, campaignId, name, frozen: row.frozen as Frozen, templateVersionId: row.templateVersionId! }
  if (!row.emailTemplateId) throw new AppError('conflict', 'templateMissing', 'Choose an email template first: there is nothing to send.')
  const frozen = await gather(tx, row)
  if (!frozen) throw new AppError('conflict', 'senderMissing', 'There is no address to send from. Set one here or under Administration > Outbound Emails.')
  const templateVersionId = await versionOf(tx, row.emailTemplateId)
  if (frozen.trackAllLinks) await ensureAutomaticLinks(tx, campaignId, linksToTrack(await readVersion(tx, templateVersionId), currentVocabulary()), now)
  return { massEmailId, campaignId, name, frozen, templateVersionId }
}

function expectConfirmed(candidates: readonly Candidate[], { confirmOptedOut }: TestRequest): void {
  const optedOut = candidates.filter((candidate) => candidate.optedOut && !candidate.hindrance).map(({ emailAddress }) => emailAddress)
  if (optedOut.length === 0 || confirmOptedOut) return
  throw new AppError('conflict', 'confirmOptedOut', `Opted out: ${optedOut.join(', ')}. Confirm to send the test to them all the same.`, { optedOut })
}

type Way = { account: Account; composer: Composer; complete: Completion | null; pool: SmtpPool }

async function openWay({ db, clock, secrets }: Ground, { massEmailId, campaignId, frozen, templateVersionId }: Prepared): Promise<Way> {
  const [settings, general, account, source] = [await readOutboundEmails(db), await readGeneral(db), await readAccount(db, frozen.accountId), await readVersion(db, templateVersionId)]
  const target = smtpTarget({ db, clock, secrets }, account, ehloNameFor(publicUrlOf(general)), impatientDeadlines)
  return {
    account, composer: await createComposer(db, { massEmailId, campaignId, source, frozen, account, settings, general, secrets }),
    complete: completionOf(await signerFor(db, secrets, domainOf(frozen.from.address)), null),
    pool: new SmtpPool(target, { connections: Math.min(5, account.connections ?? settings.connections), messagesPerConnection: null }),
  }
}

async function sendOne({ db, clock, now }: Ground, way: Prepared & Way, { record, emailAddress }: Candidate): Promise<TestResult> {
  const delivery = await addTestDelivery(db, way, { record, emailAddress }, now)
  const { outcome, messageId } = await carryTest(way, delivery, now)
  await countUses(db, clock, [{ owners: [instance, accountOwner(way.account.id)], count: outcome.stage === 'dot' ? 1 : 0 }])
  const settlement = settlementOf(delivery, outcome, messageId)
  await settleLane(db, delivery.lane, null, [settlement], now)
  return { deliveryId: deliveryKey(delivery), record, emailAddress, status: settlement.status as TestResult['status'], reason: outcome.kind === 'sent' ? null : outcome.reply }
}

async function carryTest({ composer, complete, pool }: Way, delivery: Delivery, now: Date): Promise<{ outcome: Outcome; messageId: string | null }> {
  const values = (await composer.load([delivery])).get(valuesKey(delivery)) ?? new Map()
  try {
    const composed = composer.compose(delivery, values, { now, verp: false, test: true })
    const { envelope, messageId } = complete ? await complete(delivery, composed, now) : composed
    return { outcome: await pool.carry(envelope, () => true), messageId }
  } catch (error) {
    return { outcome: without('failed', 'connect', (error as Error).message), messageId: null }
  }
}

/** A row of its own, as any delivery: its links work, and change nothing. It is marked from the start, because nobody sends it again. */
async function addTestDelivery(db: Db, { massEmailId, campaignId, frozen, templateVersionId }: Prepared, { record, emailAddress }: Pick<Candidate, 'record' | 'emailAddress'>, now: Date): Promise<Delivery> {
  const { rows } = await sql<{ lane: number; id: number }>`
    insert into delivery (lane, mass_email_id, entity_type, record_id, email_address, email_key, status, test, sandbox, due_at, wire_at, account_id, template_version_id)
    values (lane_of(lower(${emailAddress})), ${massEmailId}, ${record.entityType}, ${record.id}, ${emailAddress}, lower(${emailAddress}), 'sending', true,
            ${frozen.sandbox}, ${now}, ${now}, ${frozen.accountId}, ${templateVersionId})
    returning lane, id`.execute(db)
  return { ...rows[0]!, massEmailId, campaignId, entityType: record.entityType, recordId: record.id, emailAddress, attempts: 0, firstTriedAt: null }
}

/** A test is tried once: what would be tried again later counts as failed, with the server's words. */
function settlementOf(delivery: Delivery, outcome: Outcome, messageId: string | null): Settlement {
  const { kind, reply } = outcome
  const status = kind === 'sent' || kind === 'uncertain' ? kind : 'failed'
  return { delivery, status, tried: true, reasonCode: kind === 'failed' ? failureCode(outcome) : kind === 'sent' ? null : kind, reason: reply, messageId, dueAt: null, test: true }
}
