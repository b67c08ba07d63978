/** The test groups API. */
import { type Call, type Route, serve } from '../http/serve.ts'
import type { Tx } from '../platform/db.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { changeTestGroup, createTestGroup, readTestGroup, removeTestGroup, testGroupsPage } from './test-groups.ts'

export const routes: Route[] = [
  serve(api.listTestGroups, async ({ db, actor, query, now }) => testGroupsPage(db, actor, query, { now, timeZone: (await readGeneral(db)).timeZone })),
  serve(api.createTestGroup, (call) => thenRead(call, (tx) => createTestGroup(tx, call.actor, call.body, call.now))),
  serve(api.getTestGroup, ({ db, actor, params }) => readTestGroup(db, actor, params.id)),
  serve(api.changeTestGroup, (call) => thenRead(call, async (tx) => {
    await changeTestGroup(tx, call.actor, call.params.id, call.body, call.now, call.expectVersion)
    return call.params.id
  })),
  serve(api.removeTestGroup, ({ db, actor, params }) => db.transaction().execute((tx) => removeTestGroup(tx, actor, params.id))),
]

/** Does the work in a transaction, then answers the group as GET does. */
async function thenRead({ db, actor }: Pick<Call<Endpoint>, 'db' | 'actor'>, work: (tx: Tx) => Promise<string>): Promise<api.TestGroup> {
  return readTestGroup(db, actor, await db.transaction().execute(work))
}
