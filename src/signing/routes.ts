/** The API of DKIM keys and sender domains. */
import { type Call, type Route, serve } from '../http/serve.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import * as api from './contract.ts'
import { openDns } from './dns.ts'
import { askDomain } from './domain-facts.ts'
import { storedDomain } from './key.ts'
import { keysPage, presentKey } from './key-list.ts'
import { activateKey, createKey, lookAtKey, readKey, removeKey } from './keys.ts'

const dnsOf = ({ environment }: Pick<Call<Endpoint>, 'environment'>) => openDns(environment.dns)

export const routes: Route[] = [
  serve(api.listDkimKeys, async ({ db, query, now }) => await keysPage(db, query, now) as never),
  serve(api.createDkimKey, async ({ db, secrets, actor, body, now }) => {
    const domain = storedDomain(body.domain, 'domain')
    return presentKey(db, await createKey(db, secrets, actor, { domain, algorithm: body.algorithm }, now))
  }),
  serve(api.getDkimKey, ({ db, params }) => presentKey(db, params.id)),
  serve(api.checkDkimKey, async (call) => {
    await lookAtKey(call.db, dnsOf(call), await readKey(call.db, call.params.id), call.now)
    return presentKey(call.db, call.params.id)
  }),
  serve(api.activateDkimKey, async (call) => {
    await activateKey(call.db, dnsOf(call), call.actor, call.params.id, call.body, call.now)
    return presentKey(call.db, call.params.id)
  }),
  serve(api.removeDkimKey, ({ db, actor, params }) => removeKey(db, actor, params.id)),
  serve(api.checkSenderDomain, async (call) => {
    const domain = storedDomain(call.params.domain, 'domain')
    const { checkedAt, spf, dkim, dmarc } = await askDomain(call.db, dnsOf(call), domain, call.now)
    return { domain, checkedAt: checkedAt.toISOString(), spf, dkim, dmarc }
  }),
]
