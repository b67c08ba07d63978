/** Delivery Health and why nothing goes out, over HTTP. */
import { expectMassEmail } from '../campaign/campaign-rights.ts'
import { type Route, serve } from '../http/serve.ts'
import type { Ground } from '../platform/ground.ts'
import * as api from './contract.ts'
import type { CheckCode } from './codes.ts'
import { createDeliveryHealth, type DeliveryHealth } from './delivery-health.ts'
import { readForecast } from './forecast.ts'
import { livenessRoutes } from './liveness.ts'
import { whyNothingGoesOut } from './why.ts'

export function healthRoutes(ground: Ground): Route[] {
  const health = createDeliveryHealth(ground)
  return [
    ...livenessRoutes,
    serve(api.getDeliveryHealth, async () => present(await health.read())),
    serve(api.checkDeliveryHealth, async ({ body }) => present(await health.check(body.code))),
    serve(api.getWhy, async ({ db, actor, clock, params, now }) => {
      await expectMassEmail(db, actor, params.id, 'read')
      return { reasons: await whyNothingGoesOut(db, clock, params.id, now) }
    }),
    serve(api.getForecast, async ({ db, actor, clock, params, query }) => {
      await expectMassEmail(db, actor, params.id, 'read')
      return readForecast(db, clock, params.id, query.people)
    }),
  ]
}

const present = ({ level, checks }: DeliveryHealth): api.DeliveryHealth =>
  ({ level, checks: checks.map((check) => ({ ...check, code: check.code as CheckCode, since: check.since.toISOString(), checkedAt: check.checkedAt.toISOString() })) })
