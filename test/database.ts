/** A migrated, empty database for one test, gone at its end. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { type Db, openDb } from '../src/platform/db.ts'
import { definitionsStamp, refreshEntityTypes, untouchedStamp } from '../src/records/entity-types.ts'

export type TestDatabase = AsyncDisposable & { db: Db; url: string }

export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = new URL(inject('postgresUrl'))
  // Copied as files: through the log it takes twice the processor time.
  await run(`create database ${name} template template_tidings strategy file_copy`)
  url.pathname = `/${name}`
  const db = openDb(url.href, { max: 10 })
  return {
    db, url: url.href,
    async [Symbol.asyncDispose]() {
      await forgetCustomTypes(db).catch(() => {})
      await db.destroy()
      await run(`drop database ${name} with (force)`)
    },
  }
}

/** A process holds the entity types of one database: those that a test made must not be there for the next one, which has another. */
async function forgetCustomTypes(db: Db) {
  if (['', untouchedStamp].includes(definitionsStamp())) return
  await sql`truncate entity_type, entity_field, relationship, entity_change`.execute(db)
  await sql`update entity_schema set stamp = ${untouchedStamp}`.execute(db)
  await refreshEntityTypes(db)
}

let server: Promise<pg.Client> | undefined

/** One connection for all tests of this process. It ends with the server. */
async function run(statement: string) {
  server ??= connected(inject('postgresUrl'))
  await (await server).query(statement)
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}
