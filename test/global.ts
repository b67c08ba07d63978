/** One throw-away PostgreSQL for the whole run, with a migrated database to clone for each test. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { migrate } from '../src/platform/migrate.ts'
import { quickPlace } from './servers/place.ts'

export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(quickPlace(), 'tidings-test-'))
  const postgres = await openEmbeddedPostgres(folder, { durable: false })
  const template = new URL(postgres.url)
  template.pathname = '/template_tidings'
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query('create database template_tidings')
  await client.end()
  await migrate(template.href)
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.close()
    await rm(folder, { recursive: true, force: true })
  }
}

declare module 'vitest' {
  interface ProvidedContext { postgresUrl: string }
}
