/** Runs the numbered .sql files, each once, each in its own transaction, in order. Forward only. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** The folder `migrations` beside the package, whether we run from source or from a build. */
export function migrationsFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'migrations', '0001_platform.sql'))) return join(folder, 'migrations')
  }
  throw new Error('The folder "migrations" is missing: this installation is incomplete.')
}

/** The names of the migrations that were run. Two processes starting together: the second waits, then finds nothing to do. */
export async function migrate(url: string, folder = migrationsFolder()): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('tidings.migrate'))`)
    await client.query(`create table if not exists migration (name text primary key, ran_at timestamptz not null default now())`)
    const done = new Set((await client.query<{ name: string }>('select name from migration')).rows.map(({ name }) => name))
    const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
    refuseNewerSchema(done, files)
    const due = files.filter((name) => !done.has(name))
    for (const name of due) await run(client, name, await readFile(join(folder, name), 'utf8'))
    return due
  } finally {
    await client.end()
  }
}

async function run(client: pg.Client, name: string, statements: string) {
  await client.query('begin')
  try {
    await client.query(statements)
    await client.query('insert into migration (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed, nothing of it was kept: ${(error as Error).message}`, { cause: error })
  }
}

function refuseNewerSchema(done: Set<string>, files: string[]) {
  const unknown = [...done].filter((name) => !files.includes(name))
  if (unknown.length > 0) {
    throw new Error(`This database was made by a newer version (${unknown.join(', ')}). Start that version, or restore an older backup.`)
  }
}
