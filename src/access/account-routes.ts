/** What everybody does with his own account, apart from signing in and out. */
import { type Route, serve } from '../http/serve.ts'
import * as api from './contract.ts'
import { changeName } from './own-name.ts'

export const accountRoutes: Route[] = [
  serve(api.changeName, ({ db, actor, body, now }) => db.transaction().execute((tx) => changeName(tx, actor, body, now))),
]
