/** Who may do what to a campaign. Mass emails, tracking URLs, deliveries, figures and the log follow it. */
import { sql } from 'kysely'
import { type Actor, expectMay, may } from '../access/actor.ts'
import { readActor } from '../access/actors.ts'
import type { Action } from '../access/rights.ts'
import { allowed, expectAllowed } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import { AppError, invalid } from '../platform/errors.ts'
import { approvalOf } from './approval.ts'

/** Throws 404 for a campaign that may not be read, 403 for one that may be read and no more. */
export const expectCampaign = (db: Db, actor: Actor, id: string, action: Action): Promise<void> =>
  expectAllowed(db, actor, 'Campaign', action, { from: sql`campaign r`, where: sql`r.id = ${id} and r.deleted_at is null`, noun: 'campaign', id })

/** The same of a mass email, by its campaign. */
export const expectMassEmail = (db: Db, actor: Actor, id: string, action: Action): Promise<void> => expectAllowed(db, actor, 'Campaign', action, {
  from: sql`mass_email m join campaign r on r.id = m.campaign_id`,
  where: sql`m.id = ${id} and m.deleted_at is null and r.deleted_at is null`, noun: 'mass email', id,
})

/** The same of a tracking URL. */
export const expectTrackingUrl = (db: Db, actor: Actor, id: string, action: Action): Promise<void> => expectAllowed(db, actor, 'Campaign', action, {
  from: sql`tracking_url t join campaign r on r.id = t.campaign_id`,
  where: sql`t.id = ${id} and t.deleted_at is null and r.deleted_at is null`, noun: 'tracking URL', id,
})

/** Where a campaign is named in an input, one that may not be read is a fault of that field. */
export const asFault = (error: unknown, path: string): unknown =>
  error instanceof AppError && error.kind === 'notFound' ? invalid([{ path, message: error.message }]) : error

/** Over the row `row` of a campaign, for lists. */
export const readableCampaign = (actor: Actor, row = 'c') => allowed(actor, 'Campaign', 'read', row)

/** Whoever sets a mass email Pending, or makes more of it go out later; informational email reaches people who opted out. */
export function expectMaySend(actor: Actor, campaignType: string): void {
  expectMay(actor, 'send')
  if (campaignType === 'informationalEmail') expectMay(actor, 'sendInformational')
}

export const maySend = (actor: Actor, campaignType: string): boolean =>
  may(actor, 'send') && (campaignType !== 'informationalEmail' || may(actor, 'sendInformational'))

/** Both: may change the campaign, and make its mass email go on. */
export async function expectMayMail(db: Db, actor: Actor, massEmailId: string): Promise<void> {
  await expectMassEmail(db, actor, massEmailId, 'edit')
  const { type } = await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
    .select('campaign.type').where('massEmail.id', '=', massEmailId).executeTakeFirstOrThrow()
  expectMaySend(actor, type)
}

/**
 * With whose rights its audience is read: the author's from Pending on; of a draft those of whoever looks, or of whoever asked for approval:
 * it will go out in his name. Undefined: it has no author, because it was made by the product itself.
 */
export async function readerOf(db: Db, { id, status, authorId }: { id: string; status: string; authorId: string | null }, viewer: Actor | null): Promise<Actor | undefined> {
  if (status === 'draft') {
    const approval = await approvalOf(db, id)
    return (approval && await readActor(db, approval.askedBy)) ?? viewer ?? undefined
  }
  return authorId === null ? undefined : (await readActor(db, authorId)) ?? undefined
}
