/** The campaign log API; with it goes that of the figures. */
import { expectMay } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { expectCampaign } from '../campaign/campaign-rights.ts'
import { type Route, serve, serveRaw } from '../http/serve.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import { definitionAt } from '../records/entity-types.ts'
import { expectMayDo } from '../records/records.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { countByAction, historyPage, logPage } from './entries.ts'
import { exportLog } from './export.ts'
import { figureRoutes } from './figures-routes.ts'
import { targetListFromLog } from './people.ts'

const contextOf = async (db: Db, now: Date): Promise<ListContext> => ({ now, timeZone: (await readGeneral(db)).timeZone })

export const routes: Route[] = [
  serve(api.listLog, async ({ db, actor, params, query, now }) => {
    await expectCampaign(db, actor, params.id, 'read')
    return logPage(db, actor, params.id, query, await contextOf(db, now))
  }),
  serve(api.countLog, async ({ db, actor, params, query, now }) => {
    await expectCampaign(db, actor, params.id, 'read')
    return countByAction(db, actor, params.id, query, await contextOf(db, now))
  }),
  serve(api.listHistory, async ({ db, actor, params, query, now }) => {
    const type = definitionAt(params.slug)
    await expectMayDo(db, type, params.id, actor, 'read')
    return historyPage(db, actor, { entityType: type.name, id: params.id }, query, await contextOf(db, now))
  }),
  serve(api.createTargetListFromLog, async ({ db, actor, params, body, now }) => {
    await expectCampaign(db, actor, params.id, 'read')
    const { name, targetListId, ...selection } = body
    return targetListFromLog(db, actor, params.id, { name, targetListId }, selection, await contextOf(db, now))
  }),
  ...figureRoutes,
  serveRaw('GET', '/api/v1/campaigns/:id/log/export.csv', { allow: 'signedIn', summary: 'The campaign log as CSV, with the filters of the list' },
    async (request, reply, { db, actor, now }) => {
      const { id } = request.params as { id: string }
      expectMay(actor, 'export')
      await expectCampaign(db, actor, id, 'read')
      const selection = api.logSelection.parse(request.query)
      await audit(db, actor, 'exported', { type: 'CampaignLog', id })
      return reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="campaign-log.csv"')
        .send(exportLog(db, actor, id, selection, await contextOf(db, now)))
    }),
]
