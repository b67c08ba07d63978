/** A mail that was sent to Ann and Ben, and its links as the two hold them. */
import { linkKeyPurpose, linksFor } from '../src/message/recipient-links.ts'
import { newId } from '../src/platform/id.ts'
import type { TestApp } from './app.ts'
import { givenCampaign, givenDeliveries, givenMassEmail, type LedgerDelivery, settled } from './given-ledger.ts'

export const browser = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36' }
/** What a browser sends when somebody presses a button. */
export const form = { ...browser, 'content-type': 'application/x-www-form-urlencoded' }

/** Sent with the list News, a public topic; with `test` it is a test mail. */
export async function givenMail(app: TestApp, { openTracking = false, optOutEntirely = false, test: isTest = false } = {}) {
  const campaignId = await givenCampaign(app.db)
  const massEmail = { id: await givenMassEmail(app.db, campaignId, { optOutEntirely, frozen: JSON.stringify({ openTracking }) }), campaignId }
  const news = newId()
  await app.db.insertInto('targetList').values({ id: news, name: 'News', publicTopic: true }).execute()
  await app.db.insertInto('massEmailTargetList').values({ massEmailId: massEmail.id, targetListId: news, position: 0 }).execute()
  const [ann, ben] = await givenDeliveries(app.db, massEmail, ['ann@x.test', 'ben@x.test'], { test: isTest })
  await settled(app.db, isTest ? [] : [ann!, ben!], 'sending', 'sent')
  return { campaignId, massEmail, news, ann: ann!, ben: ben! }
}

/** A tracking URL of the campaign. */
export async function givenLink(app: TestApp, campaignId: string, values: { action?: string; url?: string; message?: string }) {
  return app.db.insertInto('trackingUrl').values({ id: newId(), campaignId, ...values }).returning(['id', 'number']).executeTakeFirstOrThrow()
}

/** The paths of a delivery's links, as its mail would hold them. */
export function pathsOf(app: TestApp, delivery: LedgerDelivery) {
  const links = linksFor(app.secrets.key(linkKeyPurpose), '', delivery)
  return { optOut: links.optOutUrl, preferences: links.preferencesUrl, view: links.viewUrl, open: links.openUrl, trap: links.honeypotUrl, click: (number: number) => links.clickUrl(number) }
}

export const optOuts = (app: TestApp) => app.db.selectFrom('optOut').select(['emailKey', 'source', 'reason', 'ip']).execute()
/** What the log says of one action, in the order in which it was written. */
export const entries = (app: TestApp, action: string) => app.db.selectFrom('logEntry').select(['emailAddress', 'machine', 'repeats']).where('action', '=', action).orderBy('id').execute()
