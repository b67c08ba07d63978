/** Tracking URLs: named links of a campaign. What a click does is response's business. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { pageWithComputed } from '../listing/computed-fields.ts'
import type { Item, Page } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { invalid, notFound } from '../platform/errors.ts'
import { given } from '../platform/given.ts'
import { isId, newId } from '../platform/id.ts'
import { expectMayLeadElsewhere } from './approval.ts'
import { asFault, expectCampaign, expectTrackingUrl, readableCampaign } from './campaign-rights.ts'
import { clicksOf } from './small-figures.ts'

type TrackingUrlInput = { name?: string | undefined; action?: 'redirect' | 'showMessage' | undefined; url?: string | undefined; message?: string | undefined }

/** As it is put in a template. */
const codeOf = (id: string): string => `{trackingUrl:${id}}`

export async function createTrackingUrl(
  tx: Tx, actor: Actor, { campaignId, ...input }: TrackingUrlInput & { campaignId: string; action: 'redirect' | 'showMessage' }, now: Date,
): Promise<string> {
  const campaign = isId(campaignId) && await tx.selectFrom('campaign').select('id').where('id', '=', campaignId).where('deletedAt', 'is', null).executeTakeFirst()
  if (!campaign) throw invalid([{ path: 'campaignId', message: 'There is no such campaign.' }])
  await expectCampaign(tx, actor, campaignId, 'edit').catch((error) => { throw asFault(error, 'campaignId') })
  expectTarget({ url: '', message: '', ...input })
  const id = newId()
  await tx.insertInto('trackingUrl')
    .values({ ...input, id, campaignId, createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId }).execute()
  return id
}

/** A target may be repaired after the mail went out; so it is audited. */
export async function changeTrackingUrl(
  tx: Tx, actor: Actor, id: string, change: TrackingUrlInput, now: Date, expectVersion: (version: number) => void,
): Promise<void> {
  const row = await lockTrackingUrl(tx, id)
  await expectTrackingUrl(tx, actor, id, 'edit')
  expectVersion(row.version)
  const after = { ...row, ...given(change) }
  expectTarget(after)
  const leadsElsewhere = after.url !== row.url || after.message !== row.message || after.action !== row.action
  if (leadsElsewhere) await expectMayLeadElsewhere(tx, actor, row.campaignId)
  await tx.updateTable('trackingUrl')
    .set({ ...change, version: row.version + 1, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
  if (leadsElsewhere) {
    await audit(tx, actor, 'trackingUrlChanged', { type: 'TrackingUrl', id, name: row.name, detail: { from: row.url, to: after.url } })
  }
}

export async function removeTrackingUrl(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
  const { campaignId } = await lockTrackingUrl(tx, id)
  await expectTrackingUrl(tx, actor, id, 'delete')
  await expectMayLeadElsewhere(tx, actor, campaignId)
  await tx.updateTable('trackingUrl').set({ deletedAt: now, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
}

/** The links of a campaign, made again for its copy. */
export async function copyTrackingUrls(tx: Tx, actor: Actor, fromCampaignId: string, toCampaignId: string, now: Date): Promise<{ from: string; to: string }[]> {
  const links = await tx.selectFrom('trackingUrl').select(['id', 'name', 'action', 'url', 'message'])
    .where('campaignId', '=', fromCampaignId).where('deletedAt', 'is', null).where('automatic', '=', false).orderBy('createdAt').orderBy('id').execute()
  if (links.length === 0) return []
  const copies = links.map((link) => ({ ...link, id: newId(), campaignId: toCampaignId, createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId }))
  await tx.insertInto('trackingUrl').values(copies).execute()
  return links.map(({ id }, index) => ({ from: codeOf(id), to: codeOf(copies[index]!.id) }))
}

async function lockTrackingUrl(tx: Tx, id: string) {
  const row = isId(id)
    ? await tx.selectFrom('trackingUrl').selectAll().where('id', '=', id).where('deletedAt', 'is', null).forUpdate().executeTakeFirst()
    : undefined
  if (!row) throw notFound('tracking URL', id)
  return row
}

/** A redirect leads to the web and nowhere else; a message has words. */
function expectTarget({ action, url, message }: { action?: string | undefined; url: string; message: string }): void {
  if (action === 'showMessage' && message.trim() === '') throw invalid([{ path: 'message', message: 'Write the message that is shown.' }])
  if (action === 'redirect' && !isWebAddress(url)) throw invalid([{ path: 'url', message: 'A link leads to an http or https address.' }])
}

function isWebAddress(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol) && parsed.hostname !== '' && !parsed.username && !/[\s\p{C}]/u.test(url)
}

const trackingUrls: Listable = {
  from: sql`tracking_url t join campaign c on c.id = t.campaign_id and c.deleted_at is null`,
  where: sql<boolean>`t.deleted_at is null`,
  id: sql`t.id`,
  columns: {
    id: { type: 'link', sql: sql`t.id` },
    code: { type: 'text', sql: sql`'{trackingUrl:' || t.id || '}'` },
    campaignId: { type: 'link', sql: sql`t.campaign_id` },
    name: { type: 'text', sql: sql`t.name`, notNull: true },
    action: { type: 'enum', sql: sql`t.action`, options: ['redirect', 'showMessage'] },
    url: { type: 'url', sql: sql`t.url` },
    message: { type: 'longText', sql: sql`t.message` },
    automatic: { type: 'boolean', sql: sql`t.automatic` },
    createdAt: { type: 'dateTime', sql: sql`t.created_at`, notNull: true },
    modifiedAt: { type: 'dateTime', sql: sql`t.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`t.version` },
  },
  search: [sql`t.name`, sql`t.url`],
  defaultSort: 'createdAt',
}

export const trackingUrlsPage = (db: Db, actor: Actor, query: Partial<ListQuery>, context: ListContext): Promise<Page> =>
  withClicks(db, { ...trackingUrls, where: sql<boolean>`t.deleted_at is null and ${readableCampaign(actor)}` }, query, context)

function withClicks(db: Db, list: Listable, query: Partial<ListQuery>, context: ListContext): Promise<Page> {
  return pageWithComputed(db, list, query, context, { names: ['clicked', 'clicks'], of: (ids) => clicksOf(db, ids) })
}

/** Rights are asked before. */
export async function readTrackingUrl(db: Db, id: string, context: ListContext): Promise<Item> {
  const filter = { field: 'id', op: 'equals', value: id }
  const { items } = isId(id) ? await withClicks(db, trackingUrls, { filter, limit: 1 }, context) : { items: [] }
  if (!items[0]) throw notFound('tracking URL', id)
  return items[0]
}
