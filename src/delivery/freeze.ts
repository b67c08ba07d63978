/**
 * Freezing: the audience of a mass email becomes deliveries, everybody else is written down with the reason. One transaction and
 * one set-based statement, whatever the size: never a query per person.
 */
import { sql } from 'kysely'
import { readActor } from '../access/actors.ts'
import { inBulk } from '../audience/bulk.ts'
import { type Funnel, funnelOf, type VerdictCount } from '../audience/funnel.ts'
import { audienceTypes } from '../audience/mailable.ts'
import { type Audience, verdicts } from '../audience/verdict.ts'
import { approvalFault } from '../campaign/approval.ts'
import { ensureAutomaticLinks } from '../campaign/automatic-links.ts'
import { maySend } from '../campaign/campaign-rights.ts'
import type { NoticeCode } from '../campaign/refusal.ts'
import { lockNextDue, takeStep } from '../campaign/steps.ts'
import { currentVocabulary } from '../content/merge-values.ts'
import { linksToTrack } from '../content/plain-links.ts'
import { readVersion, versionOf } from '../content/templates.ts'
import { bringListsInStep } from '../list-sync/before-freeze.ts'
import { countPeople } from '../log/people-counted.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db, Tx } from '../platform/db.ts'
import { refreshEntityTypes } from '../records/entity-types.ts'
import { type Frozen, gather } from './frozen.ts'
import { endHeldNotices, tellBackToDraft, tellFailed, tellHeld } from './mass-email-notices.ts'

/** Slow reports must not keep what is in process from being opened: what is left is for the next run, which begins with it. */
const longestMs = 60_000

/** Freezes the mass emails whose Date Start has come. Answers which; many processes may call it. One that is held is tried again with another run. */
export async function freezeDue(db: Db, clock: Clock): Promise<string[]> {
  const now = clock()
  const tried: string[] = []
  const frozen: string[] = []
  await endHeldNotices(db, now)
  while (clock().getTime() - now.getTime() < longestMs) {
    const isFrozen = await db.transaction().execute(async (tx) => {
      const massEmail = await lockNextDue(tx, now, tried)
      if (!massEmail) return null
      tried.push(massEmail.id)
      return freeze(tx, massEmail, now)
    })
    if (isFrozen === null) break
    if (isFrozen) frozen.push(tried.at(-1)!)
  }
  return frozen
}

type Due = NonNullable<Awaited<ReturnType<typeof lockNextDue>>>

/** True when it is In Process now; else it is held, went back to Draft, or Failed, with a notice that says why. */
async function freeze(tx: Tx, massEmail: Due, now: Date): Promise<boolean> {
  const { id, campaignId } = massEmail
  const sendBack = async (notice: string, noticeCode: NoticeCode | null = null) => {
    await takeStep(tx, id, 'backToDraft', now, { notice, noticeCode })
    await tellBackToDraft(tx, id, notice, now)
    return false
  }
  if (massEmail.startBy && massEmail.startBy < now) return sendBack('It could not start in time ("start by"), so it was not started late.')
  const author = massEmail.authorId === null ? null : await readActor(tx, massEmail.authorId)
  if (author && !author.isActive) return sendBack('The person who set it Pending is not active any more. Somebody else has to set it Pending.')
  if (author && !maySend(author, await campaignType(tx, campaignId))) return sendBack('The person who set it Pending may not send any more. Somebody else has to set it Pending.')
  if (!(await hasTemplate(tx, massEmail.emailTemplateId))) return sendBack('Its email template was deleted.', 'preflightFailed')
  await refreshEntityTypes(tx)
  const frozen = await gather(tx, massEmail)
  if (!frozen) {
    const notice = 'There is no account or no address to send from.'
    await takeStep(tx, id, 'fail', now, { notice })
    await tellFailed(tx, id, notice, now)
    return false
  }
  // In this transaction: what is frozen is what the reports say, and nobody else's change of the lists comes between.
  const holds = await bringListsInStep(tx, { massEmailId: id, ...frozen }, now)
  if (holds.length > 0) {
    await tellHeld(tx, id, holds, now)
    return false
  }
  const templateVersionId = await versionOf(tx, massEmail.emailTemplateId!)
  // The template is locked by now: what was approved is what is frozen.
  const unapproved = author && await approvalFault(tx, id, author)
  if (unapproved) return sendBack(unapproved, 'needsApproval')
  const funnel = await writeAudience(tx, { id, frozen, templateVersionId }, { ...frozen, now, reader: author ?? undefined })
  if (funnel.included === 0) {
    await tx.deleteFrom('notMailed').where('massEmailId', '=', id).execute()
    return sendBack(`Nobody would get it: of ${funnel.candidates} in its lists none is included.`, 'emptyAudience')
  }
  if (frozen.trackAllLinks) await ensureAutomaticLinks(tx, campaignId, linksToTrack(await readVersion(tx, templateVersionId), currentVocabulary()), now)
  await takeStep(tx, id, 'start', now, {
    frozenAt: now, frozen: JSON.stringify(frozen), funnel: JSON.stringify(funnel), templateVersionId, openedThrough: 0, notice: null,
  })
  await countPeople(tx, id, campaignId)
  return true
}

export type Ledger = { id: string; frozen: Frozen; templateVersionId: string }

/**
 * Writes a delivery for each included person and the verdict of everybody else. Ids grow as the verdicts come, by lane and address: the
 * indexes are filled from left to right, and a claim finds its rows side by side (a million: 9.8 instead of 12.7 s). A batch is all up
 * to an id, so a small one lies in few lanes; senders pass over what others hold. Who is left out is written in the order of records, for the same reason.
 */
export async function writeAudience(tx: Tx, { id, frozen, templateVersionId }: Ledger, audience: Audience): Promise<Funnel> {
  return funnelOf(await inBulk(tx, async () => (await sql<VerdictCount>`
    with person as materialized (${verdicts(audience, audienceTypes())}),
    mailed as (
      insert into delivery (lane, mass_email_id, entity_type, record_id, email_address, email_key, due_at, sandbox, account_id, template_version_id)
      select lane, ${id}::uuid, entity_type, record_id, email_address, email_key, ${audience.now}, ${frozen.sandbox}, ${frozen.accountId}::uuid, ${templateVersionId}::uuid
        from person where verdict = 'included'),
    left_out as (
      insert into not_mailed (mass_email_id, entity_type, record_id, email_address, verdict)
      select ${id}::uuid, entity_type, record_id, email_address, verdict from person where verdict <> 'included' order by entity_type, record_id returning verdict)
    select 'included' as verdict, count(*) as count, count(*) filter (where partly_opted_out) as partly_opted_out from person where verdict = 'included'
    union all
    select verdict, count(*), 0 from left_out group by verdict`.execute(tx)).rows))
}

const campaignType = async (tx: Tx, campaignId: string): Promise<string> =>
  (await tx.selectFrom('campaign').select('type').where('id', '=', campaignId).executeTakeFirstOrThrow()).type

const hasTemplate = async (tx: Tx, id: string | null) =>
  id !== null && (await tx.selectFrom('emailTemplate').select('id').where('id', '=', id).where('deletedAt', 'is', null).executeTakeFirst()) !== undefined
