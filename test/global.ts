/** One throw-away PostgreSQL for the whole run, with a migrated database to clone for each test. */
import { existsSync, statfsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { migrate } from '../src/platform/migrate.ts'

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

/** In memory where there is room: a clone of the template takes 13 ms there and 116 ms on a disk. */
function quickPlace(): string {
  if (!existsSync('/dev/shm')) return tmpdir()
  const { bavail, bsize } = statfsSync('/dev/shm')
  return bavail * bsize > 4e9 ? '/dev/shm' : tmpdir()
}

declare module 'vitest' {
  interface ProvidedContext { postgresUrl: string }
}
