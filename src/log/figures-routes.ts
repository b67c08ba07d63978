/** The figures API. Rights follow the campaign. */
import { expectCampaign, expectMassEmail } from '../campaign/campaign-rights.ts'
import { type Call, type Route, serve } from '../http/serve.ts'
import { figuresByField } from './by-field.ts'
import { campaignBefore, compare } from './comparison.ts'
import * as api from './contract.ts'
import { sumEntityTypes } from './domains.ts'
import { domainsOf, figuresOf, hoursOf, linksOf } from './figures-of.ts'
import type { Scope } from './figures.ts'
import { linksOnMail } from './links-on-mail.ts'

type Asked = Pick<Call<typeof api.getCampaignFigures>, 'db' | 'actor'> & { params: { id: string }; query?: { massEmailId?: string | undefined } }

async function campaign({ db, actor, params: { id }, query }: Asked): Promise<Scope> {
  await expectCampaign(db, actor, id, 'read')
  return { campaignId: id, massEmailId: query?.massEmailId }
}

async function massEmail({ db, actor, params: { id } }: Asked): Promise<Scope> {
  await expectMassEmail(db, actor, id, 'read')
  return { massEmailId: id }
}

export const figureRoutes: Route[] = [
  serve(api.getMassEmailFigures, async (call) => figuresOf(call.db, await massEmail(call))),
  serve(api.getCampaignFigures, async (call) => figuresOf(call.db, await campaign({ ...call, query: {} }))),
  serve(api.listCampaignHours, async (call) => ({ items: await hoursOf(call.db, await campaign(call)) })),
  serve(api.listCampaignLinks, async (call) => ({ items: await linksOf(call.db, await campaign(call)) })),
  serve(api.listCampaignDomains, async (call) => ({ items: await domainsOf(call.db, await campaign(call)) })),
  serve(api.listCampaignTypes, async (call) => ({ items: await sumEntityTypes(call.db, await campaign(call)) })),
  serve(api.listCampaignByField, async (call) => figuresByField(call.db, call.actor, await campaign(call), call.query)),
  serve(api.listMassEmailDomains, async (call) => ({ items: await domainsOf(call.db, await massEmail({ ...call, query: {} })) })),
  serve(api.listMassEmailTypes, async (call) => ({ items: await sumEntityTypes(call.db, await massEmail({ ...call, query: {} })) })),
  serve(api.listMassEmailByField, async (call) => figuresByField(call.db, call.actor, await massEmail({ ...call, query: {} }), call.query)),
  serve(api.getLinksOnMail, async (call) => {
    await massEmail({ ...call, query: {} })
    return linksOnMail(call.db, call.actor, call.params.id, call.now)
  }),
  serve(api.getCampaignBefore, async (call) => {
    await campaign({ ...call, query: {} })
    return { campaign: await campaignBefore(call.db, call.actor, call.params.id) }
  }),
  serve(api.compareCampaigns, async ({ db, actor, query }) => ({ items: await compare(db, actor, query.ids) })),
]
