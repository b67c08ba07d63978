/** `npm run generate`: everything that is made from something else. `git diff` after it must be empty. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { migrate } from '../src/platform/migrate.ts'
import { tablesSource } from './generate-tables.ts'

const folder = await mkdtemp(join(tmpdir(), 'tidings-generate-'))
const postgres = await openEmbeddedPostgres(folder, { durable: false })
try {
  await migrate(postgres.url)
  await writeFile('src/platform/tables.ts', await tablesSource(postgres.url))
} finally {
  await postgres.close()
  await rm(folder, { recursive: true, force: true })
}
