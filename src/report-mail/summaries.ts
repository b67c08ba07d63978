/** The scheduled job *Send Campaign Summaries*: a day after a campaign's last mass email was complete, its owner gets the figures by mail, once. */
import { sql } from 'kysely'
import { expectCampaign } from '../campaign/campaign-rights.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { AppError, isDatabaseGone } from '../platform/errors.ts'
import { inTurn } from '../platform/in-turn.ts'
import { listContext } from '../records/records.ts'
import { queueSystemMail } from '../system-mail/queue.ts'
import { type Recipient, recipient } from './recipient.ts'
import { type Ended, summaryLetter } from './summary-letter.ts'

type Ground = { db: Db; clock: Clock; signal: AbortSignal }
type Counts = { queued: number; leftOut: number }

export async function sendCampaignSummaries({ db, clock, signal }: Ground): Promise<Counts> {
  const counts: Counts = { queued: 0, leftOut: 0 }
  await inTurn(await endedCampaigns(db, clock()), signal, async (campaign) => {
    const outcome = await summarize(db, campaign, clock())
    if (outcome) counts[outcome]++
  })
  return counts
}

type EndedCampaign = Ended & { owners: string[] }

/** Those of the last week without a summary: an installation that is new, or stood still, does not send those of years. Mass emails that are drafts, canceled or failed keep nobody waiting. */
async function endedCampaigns(db: Db, now: Date): Promise<EndedCampaign[]> {
  const { rows } = await sql<EndedCampaign>`
    select c.id, c.name, last.id as mass_email_id, last.completed_at, array_remove(array[c.assigned_user_id, c.created_by], null) as owners
      from campaign c
      cross join lateral (select id, completed_at from mass_email m where m.campaign_id = c.id and m.status = 'complete' and m.deleted_at is null order by completed_at desc, id desc limit 1) last
     where c.deleted_at is null and last.completed_at <= ${now}::timestamptz - interval '24 hours' and last.completed_at > ${now}::timestamptz - interval '8 days'
       and not exists (select from mass_email m where m.campaign_id = c.id and m.deleted_at is null and m.status in ('pending', 'inProcess', 'paused'))
       and not exists (select from campaign_summary s where s.campaign_id = c.id and s.mass_email_id = last.id)
     order by last.completed_at, c.id`.execute(db)
  return rows
}

/** Null where somebody else did it meanwhile. */
async function summarize(db: Db, campaign: EndedCampaign, now: Date): Promise<keyof Counts | null> {
  const owner = await ownerOf(db, campaign)
  const letter = typeof owner === 'string' ? null : await summaryLetter(db, owner.actor, campaign, await listContext(db, now))
  return db.transaction().execute(async (tx) => {
    const { numInsertedOrUpdatedRows: written } = await tx.insertInto('campaignSummary').values({
      campaignId: campaign.id, massEmailId: campaign.massEmailId, userId: typeof owner === 'string' ? null : owner.actor.userId, leftOut: typeof owner === 'string' ? owner : '', at: now,
    }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
    if (written === 0n) return null
    if (typeof owner === 'string' || !letter) return 'leftOut'
    await queueSystemMail(tx, { purpose: 'campaignSummary', ref: `${campaign.id} ${campaign.massEmailId}`, to: { address: owner.emailAddress, name: owner.name }, ...letter }, now)
    return 'queued'
  })
}

/** The assigned user, else whoever made it; a sentence where there is nobody. */
async function ownerOf(db: Db, { id, owners }: EndedCampaign): Promise<Recipient | string> {
  let reason = 'The campaign has no owner.'
  for (const userId of owners) {
    const person = await recipient(db, userId)
    if (!person?.actor.isActive || person.emailAddress === '') { reason = 'The owner is not active or has no email address.'; continue }
    if (await mayRead(db, person, id)) return person
    reason = 'The owner may not see the campaign.'
  }
  return reason
}

async function mayRead(db: Db, { actor }: Recipient, campaignId: string): Promise<boolean> {
  try {
    await expectCampaign(db, actor, campaignId, 'read')
    return true
  } catch (error) {
    if (isDatabaseGone(error) || !(error instanceof AppError)) throw error
    return false
  }
}
