/** The API of pace. What waits because of a domain is delivery's: `free` lets it go once the domain may have it. */
import { type Call, type Route, serve } from '../http/serve.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import type { Db, Tx } from '../platform/db.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { outagesPage, readOutage } from './outage-list.ts'
import { decideOutage } from './outages.ts'
import { changeDomainRule, createDomainRule, domainRulesPage, readDomainRule, removeDomainRule } from './domain-rules.ts'

export type FreeDomain = (db: Db, domain: string, now: Date) => Promise<void>

export const paceRoutes = (free: FreeDomain): Route[] => [
  serve(api.listDomainRules, async (call) => await domainRulesPage(call.db, call.query, await contextOf(call)) as never),
  serve(api.createDomainRule, async (call) => {
    const { id } = await inTransaction(call, (tx) => createDomainRule(tx, call.actor, call.body, call.now))
    return readDomainRule(call.db, id, await contextOf(call))
  }),
  serve(api.getDomainRule, async (call) => readDomainRule(call.db, call.params.id, await contextOf(call))),
  serve(api.changeDomainRule, async (call) => {
    await inTransaction(call, async (tx) => {
      const domains = await changeDomainRule(tx, call.actor, call.params.id, call.body, call.now, call.expectVersion)
      for (const domain of domains) await free(tx, domain, call.now)
    })
    return readDomainRule(call.db, call.params.id, await contextOf(call))
  }),
  serve(api.removeDomainRule, (call) => inTransaction(call, async (tx) => free(tx, await removeDomainRule(tx, call.actor, call.params.id), call.now))),
  serve(api.listDomainOutages, async (call) => await outagesPage(call.db, call.query, await contextOf(call)) as never),
  serve(api.confirmDomainOutage, (call) => decide(call, 'confirmed', free)),
  serve(api.releaseDomainOutage, (call) => decide(call, 'released', free)),
]

async function decide(call: Call<typeof api.confirmDomainOutage>, decision: 'confirmed' | 'released', free: FreeDomain): Promise<api.DomainOutage> {
  const { db, actor, params, now } = call
  await inTransaction(call, async (tx) => free(tx, await decideOutage(tx, actor, params.id, decision, now), now))
  return readOutage(db, params.id, await contextOf(call))
}

const inTransaction = <Result>({ db }: { db: Db }, work: (tx: Tx) => Promise<Result>): Promise<Result> => db.transaction().execute(work)

const contextOf = async ({ db, now }: Pick<Call<Endpoint>, 'db' | 'now'>) => ({ now, timeZone: (await readGeneral(db)).timeZone })
