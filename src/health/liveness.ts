/** For whoever watches the process: /healthz (it runs) and /readyz (it can work: database, schema, an administrator by environment). */
import { sql } from 'kysely'
import { type Route, serveRaw } from '../http/serve.ts'
import { setupNeeded } from '../access/first-administrator.ts'
import { AppError } from '../platform/errors.ts'
import { instanceOf } from './address-checks.ts'

export const livenessRoutes: Route[] = [
  serveRaw('GET', '/healthz', { allow: 'public', summary: 'The process runs' }, async (_request, reply, ground) =>
    reply.send({ status: 'ok', instance: instanceOf(ground) })),
  serveRaw('GET', '/readyz', { allow: 'public', summary: 'The process can do its work' }, async (_request, reply, { db, environment }) => {
    await sql`select 1`.execute(db)
    if (environment.admin && (await setupNeeded(db))) {
      throw new AppError('unavailable', 'starting', 'The first administrator is being created.')
    }
    return reply.send({ status: 'ready' })
  }),
]
