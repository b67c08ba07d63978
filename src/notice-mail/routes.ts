/** The API of notices by mail. */
import { audit } from '../access/audit.ts'
import { type Route, serve } from '../http/serve.ts'
import * as api from './contract.ts'
import { changeChoices, presentChoices } from './choices.ts'

export const noticeMailRoutes: Route[] = [
  serve(api.getNoticeMail, ({ db, actor }) => presentChoices(db, actor.userId)),
  serve(api.changeNoticeMail, ({ db, actor, body }) => db.transaction().execute(async (tx) => {
    await changeChoices(tx, actor.userId, body.choices)
    await audit(tx, actor, 'noticeMailChanged', { type: 'User', id: actor.userId, name: actor.userName, detail: body.choices })
    return presentChoices(tx, actor.userId)
  })),
]
