/** The API of campaigns, tracking URLs and mass emails: each line ties an endpoint to the function that does it. */
import { type Call, type Route, serve } from '../http/serve.ts'
import type { Item } from '../listing/list.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { readGeneral } from '../settings/settings.ts'
import { openDns } from '../signing/dns.ts'
import { approve, askForApproval, refuse, takeBack } from './approvals.ts'
import { audiencePage, readFunnel } from './audience-pages.ts'
import { campaignsPage, readCampaign } from './campaign-pages.ts'
import { expectCampaign, expectMassEmail, expectMayMail, expectTrackingUrl } from './campaign-rights.ts'
import { changeCampaign, createCampaign, removeCampaign } from './campaigns.ts'
import { learnBehind, learnNow } from './authentication-facts.ts'
import * as api from './contract.ts'
import { duplicateCampaign } from './duplicate-campaign.ts'
import { massEmailsPage, readMassEmail } from './mass-email-pages.ts'
import { changeMassEmail, createMassEmail, duplicateMassEmail, removeMassEmail } from './mass-emails.ts'
import { preflightOf } from './preflight-facts.ts'
import { rememberingRefusal } from './refusal.ts'
import { changeTrackingUrl, createTrackingUrl, readTrackingUrl, removeTrackingUrl, trackingUrlsPage } from './tracking-urls.ts'

const campaigns: Route[] = [
  serve(api.listCampaigns, async (call) => campaignsPage(call.db, call.actor, call.query, await contextOf(call))),
  serve(api.createCampaign, (call) => thenRead(call, campaign, (tx) => createCampaign(tx, call.actor, call.body, call.now))),
  serve(api.getCampaign, async (call) => {
    await expectCampaign(call.db, call.actor, call.params.id, 'read')
    return campaign(call.db, call.params.id, await contextOf(call))
  }),
  serve(api.changeCampaign, (call) => thenRead(call, campaign, async (tx) => {
    await changeCampaign(tx, call.actor, call.params.id, call.body, call.now, call.expectVersion)
    return call.params.id
  })),
  serve(api.removeCampaign, ({ db, actor, params, now }) => db.transaction().execute((tx) => removeCampaign(tx, actor, params.id, now))),
  serve(api.duplicateCampaign, async (call) => {
    const { id, trackingUrls } = await call.db.transaction().execute((tx) =>
      duplicateCampaign(tx, call.actor, call.params.id, call.body.name, call.now))
    return { ...(await campaign(call.db, id, await contextOf(call))), trackingUrls }
  }),
]

const trackingUrls: Route[] = [
  serve(api.listTrackingUrls, async (call) => {
    const { campaignId, ...query } = call.query
    return trackingUrlsPage(call.db, call.actor, narrowed(query, { campaignId }), await contextOf(call))
  }),
  serve(api.createTrackingUrl, (call) => thenRead(call, trackingUrl, (tx) => createTrackingUrl(tx, call.actor, call.body, call.now))),
  serve(api.getTrackingUrl, async (call) => {
    await expectTrackingUrl(call.db, call.actor, call.params.id, 'read')
    return trackingUrl(call.db, call.params.id, await contextOf(call))
  }),
  serve(api.changeTrackingUrl, (call) => thenRead(call, trackingUrl, async (tx) => {
    await changeTrackingUrl(tx, call.actor, call.params.id, call.body, call.now, call.expectVersion)
    return call.params.id
  })),
  serve(api.removeTrackingUrl, ({ db, actor, params, now }) => db.transaction().execute((tx) => removeTrackingUrl(tx, actor, params.id, now))),
]

const massEmails: Route[] = [
  serve(api.listMassEmails, async (call) => {
    const { campaignId, status, ...query } = call.query
    return massEmailsPage(call.db, call.actor, narrowed(query, { campaignId, status }), await contextOf(call))
  }),
  serve(api.createMassEmail, (call) => thenRead(call, massEmail, (tx) => createMassEmail(tx, call.actor, call.body, call.now))),
  serve(api.getMassEmail, async (call) => {
    await expectMassEmail(call.db, call.actor, call.params.id, 'read')
    return massEmail(call.db, call.params.id, await contextOf(call))
  }),
  serve(api.changeMassEmail, async (call) => {
    await expectMassEmail(call.db, call.actor, call.params.id, 'edit')
    // Apart from the change: when it is refused for what DNS said, the next try finds what DNS says then.
    await learnBehind(call.db, call.params.id, call.now)
    return rememberingRefusal(call.db, call.params.id, () => thenRead(call, massEmail, async (tx) => {
      await changeMassEmail(tx, call.actor, call.params.id, call.body, call.now, call.expectVersion)
      return call.params.id
    }))
  }),
  serve(api.removeMassEmail, ({ db, actor, params, now }) => db.transaction().execute((tx) => removeMassEmail(tx, actor, params.id, now))),
  serve(api.duplicateMassEmail, (call) => thenRead(call, massEmail, async (tx) => {
    await expectMassEmail(tx, call.actor, call.params.id, 'edit')
    return duplicateMassEmail(tx, call.actor, call.params.id, call.body.name, call.now)
  })),
  serve(api.askForApproval, (call) => answering(call, (tx) => askForApproval(tx, call.actor, call.params.id, call.body.note ?? '', call.now))),
  serve(api.approve, (call) => answering(call, (tx) => approve(tx, call.actor, call.params.id, call.body.askedAt, call.now))),
  serve(api.refuseApproval, (call) => answering(call, (tx) => refuse(tx, call.actor, call.params.id, call.body.reason, call.now))),
  serve(api.takeBackApproval, ({ db, actor, params }) => db.transaction().execute((tx) => takeBack(tx, actor, params.id))),
  serve(api.getAudience, async ({ db, actor, params, now }) => {
    await expectMassEmail(db, actor, params.id, 'read')
    return readFunnel(db, actor, params.id, now)
  }),
  serve(api.listAudience, async (call) => {
    await expectMassEmail(call.db, call.actor, call.params.id, 'read')
    return audiencePage(call.db, call.actor, call.params.id, call.params.verdict, call.query, await contextOf(call))
  }),
  serve(api.getPreflight, async (call) => {
    await expectMassEmail(call.db, call.actor, call.params.id, 'read')
    await learnNow(call.db, openDns(call.environment.dns), call.params.id, call.now)
    return preflightOf(call.db, call.params.id, call.now, call.actor)
  }),
]

/** About approval: what DNS says is learnt before, as before a change. */
async function answering(call: Pick<Call<Endpoint>, 'db' | 'now' | 'actor'> & { params: { id: string } }, work: (tx: Tx) => Promise<void>): Promise<api.MassEmail> {
  await expectMayMail(call.db, call.actor, call.params.id)
  await learnBehind(call.db, call.params.id, call.now)
  return rememberingRefusal(call.db, call.params.id, () => thenRead(call, massEmail, async (tx) => {
    await work(tx)
    return call.params.id
  }))
}

export const routes: Route[] = [...campaigns, ...trackingUrls, ...massEmails]

type Read<Answer> = (db: Db, id: string, context: ListContext) => Promise<Answer>
const campaign = readCampaign as unknown as Read<api.Campaign>
const trackingUrl = readTrackingUrl as unknown as Read<api.TrackingUrl>
const massEmail = readMassEmail as unknown as Read<api.MassEmail>

const contextOf = async ({ db, now }: Pick<Call<Endpoint>, 'db' | 'now'>): Promise<ListContext> =>
  ({ now, timeZone: (await readGeneral(db)).timeZone })

/** Does the work in a transaction, then answers the thing as GET does. */
async function thenRead<Answer>(call: Pick<Call<Endpoint>, 'db' | 'now'>, read: Read<Answer>, work: (tx: Tx) => Promise<string>): Promise<Answer> {
  const id = await call.db.transaction().execute(work)
  return read(call.db, id, await contextOf(call))
}

/** A query parameter as a condition beside the filter's. */
function narrowed<Query extends { filter?: unknown }>(query: Query, by: Item): Query {
  const conditions = Object.entries(by).filter(([, value]) => value !== undefined).map(([field, value]) => ({ field, op: 'equals', value }))
  if (conditions.length === 0) return query
  return { ...query, filter: { and: [...conditions, ...(query.filter === undefined ? [] : [query.filter])] } }
}
