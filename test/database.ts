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
  await run(url.href, `create database ${name} template template_tidings`)
  url.pathname = `/${name}`
  const db = openDb(url.href, { max: 10 })
  return {
    db, url: url.href,
    async [Symbol.asyncDispose]() {
      await forgetCustomTypes(db).catch(() => {})
      await db.destroy()
      await run(inject('postgresUrl'), `drop database ${name} with (force)`)
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

async function run(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
