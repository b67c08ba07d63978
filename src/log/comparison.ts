/** Campaigns side by side: each with its figures and what people did since its first mail went out. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { expectCampaign, readableCampaign } from '../campaign/campaign-rights.ts'
import type { Db } from '../platform/db.ts'
import { figuresOf } from './figures-of.ts'
import { sumHours } from './figures.ts'

const hourMs = 3_600_000
/** What people do a month later changes no comparison. */
const comparedHours = 720

/** In the order asked for. */
export async function compare(db: Db, actor: Actor, ids: readonly string[]) {
  for (const id of ids) await expectCampaign(db, actor, id, 'read')
  return Promise.all([...new Set(ids)].map(async (id) => {
    const hours = await sumHours(db, { campaignId: id })
    const start = hours.find(({ counts }) => (counts['sent'] ?? 0) > 0)?.hour
    return {
      ...await onItsOwn(db, id, start),
      hours: start ? hours.map(({ hour, counts }) => ({ hour: (hour.getTime() - start.getTime()) / hourMs, counts })).filter(({ hour }) => hour >= 0 && hour <= comparedHours) : [],
    }
  }))
}

/** The last one of the same type that was made before and sent something: what this one is measured against. */
export async function campaignBefore(db: Db, actor: Actor, id: string) {
  const { rows: [before] } = await sql<{ id: string }>`
    select c.id from campaign c join campaign this on this.id = ${id}::uuid
     where c.type = this.type and (c.created_at, c.id) < (this.created_at, this.id) and c.deleted_at is null and ${readableCampaign(actor)}
       and exists (select from figure f where f.campaign_id = c.id and f.metric = 'sent' and f.count > 0)
     order by c.created_at desc, c.id desc limit 1`.execute(db)
  if (!before) return null
  const { rows: [first] } = await sql<{ hour: Date | null }>`select min(hour) as hour from figure_hour where campaign_id = ${before.id}::uuid and metric = 'sent'`.execute(db)
  return onItsOwn(db, before.id, first?.hour ?? undefined)
}

async function onItsOwn(db: Db, id: string, start: Date | undefined) {
  const campaign = await db.selectFrom('campaign').select(['id', 'name', 'type', 'status']).where('id', '=', id).executeTakeFirstOrThrow()
  return { ...campaign, figures: await figuresOf(db, { campaignId: id }), startedAt: start?.toISOString() ?? null }
}
