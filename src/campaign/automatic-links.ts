/** Tracking URLs that nobody wrote: made from the plain links of a template because the campaign tracks every link. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'

/** Makes those that are not there yet; the same address has one tracking URL in a campaign. */
export async function ensureAutomaticLinks(tx: Tx, campaignId: string, urls: readonly string[], now: Date): Promise<void> {
  if (urls.length === 0) return
  await sql`
    insert into tracking_url (id, campaign_id, name, action, url, automatic, created_at, modified_at)
    select uuid_v7(), ${campaignId}::uuid, left(url, 200), 'redirect', url, true, ${now}, ${now} from unnest(${[...new Set(urls)]}::text[]) as links (url)
    on conflict (campaign_id, md5(url)) where automatic do nothing`.execute(tx)
}

export type CampaignLink = { id: string; number: number; url: string; action: string; automatic: boolean }

/** Every tracking URL of a campaign, deleted ones too: what was frozen with one keeps it. */
export const linksOfCampaign = (db: Db, campaignId: string): Promise<CampaignLink[]> =>
  db.selectFrom('trackingUrl').select(['id', 'number', 'url', 'action', 'automatic']).where('campaignId', '=', campaignId).execute()
