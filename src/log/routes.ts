/** The campaign log and figures API. */
import { type Route, serve, serveRaw } from '../http/serve.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import { notFound } from '../platform/errors.ts'
import { definitionAt } from '../records/entity-types.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { countByAction, historyPage, logPage } from './entries.ts'
import { exportLog } from './export.ts'
import { figuresOf, hoursOf, linksOf, requireCampaign, requireMassEmail } from './figures-of.ts'
import { targetListFromLog } from './people.ts'

const contextOf = async (db: Db, now: Date): Promise<ListContext> => ({ now, timeZone: (await readGeneral(db)).timeZone })

export const routes: Route[] = [
  serve(api.listLog, async ({ db, params, query, now }) => {
    await requireCampaign(db, params.id)
    return logPage(db, params.id, query, await contextOf(db, now))
  }),
  serve(api.countLog, async ({ db, params, query, now }) => {
    await requireCampaign(db, params.id)
    return countByAction(db, params.id, query, await contextOf(db, now))
  }),
  serve(api.listHistory, async ({ db, params, query, now }) => {
    const { name } = definitionAt(params.slug)
    if (!isId(params.id)) throw notFound('record', params.id)
    return historyPage(db, { entityType: name, id: params.id }, query, await contextOf(db, now))
  }),
  serve(api.createTargetListFromLog, async ({ db, actor, params, body, now }) => {
    await requireCampaign(db, params.id)
    const { name, targetListId, ...selection } = body
    return targetListFromLog(db, actor, params.id, { name, targetListId }, selection, await contextOf(db, now))
  }),
  serve(api.getMassEmailFigures, async ({ db, params }) => {
    await requireMassEmail(db, params.id)
    return figuresOf(db, { massEmailId: params.id })
  }),
  serve(api.getCampaignFigures, async ({ db, params }) => {
    await requireCampaign(db, params.id)
    return figuresOf(db, { campaignId: params.id })
  }),
  serve(api.listCampaignHours, async ({ db, params, query }) => {
    await requireCampaign(db, params.id)
    return { items: await hoursOf(db, { campaignId: params.id, ...query }) }
  }),
  serve(api.listCampaignLinks, async ({ db, params, query }) => {
    await requireCampaign(db, params.id)
    return { items: await linksOf(db, { campaignId: params.id, ...query }) }
  }),
  serveRaw('GET', '/api/v1/campaigns/:id/log/export.csv', { allow: 'signedIn', summary: 'The campaign log as CSV, with the filters of the list' },
    async (request, reply, { db, now }) => {
      const { id } = request.params as { id: string }
      await requireCampaign(db, id)
      const selection = api.logSelection.parse(request.query)
      return reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="campaign-log.csv"')
        .send(exportLog(db, id, selection, await contextOf(db, now)))
    }),
]
