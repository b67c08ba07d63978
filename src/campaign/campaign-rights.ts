/** Who may do what to a campaign. Mass emails, tracking URLs, deliveries, figures and the log follow it. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Action } from '../access/rights.ts'
import { allowed, expectAllowed } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'

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

/** Over the row `row` of a campaign, for lists. */
export const readableCampaign = (actor: Actor, row = 'c') => allowed(actor, 'Campaign', 'read', row)
