/** `npm run generate`: everything that is made from something else. `git diff` after it must be empty. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../src/app.ts'
import { openDb } from '../src/platform/db.ts'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { readEnvironment } from '../src/platform/environment.ts'
import { openLog } from '../src/platform/log.ts'
import { migrate } from '../src/platform/migrate.ts'
import { openSecrets } from '../src/platform/secrets.ts'
import { apiPage } from './generate-api.ts'
import { modulesPage } from './generate-modules.ts'
import { tablesSource } from './generate-tables.ts'

const folder = await mkdtemp(join(tmpdir(), 'tidings-generate-'))
const postgres = await openEmbeddedPostgres(folder, { durable: false })
const db = openDb(postgres.url)
try {
  await migrate(postgres.url)
  await mkdir('docs/generated', { recursive: true })
  await writeFile('src/platform/tables.ts', await tablesSource(postgres.url))
  await writeFile('docs/generated/modules.md', modulesPage())
  const app = await createApp({
    db, clock: () => new Date(), secrets: openSecrets('only to list the routes'), environment: readEnvironment({}), log: openLog('silent'),
  })
  await writeFile('docs/generated/api.md', apiPage(app.routes))
  await app.server.close()
} finally {
  await db.destroy()
  await postgres.close()
  await rm(folder, { recursive: true, force: true })
}
