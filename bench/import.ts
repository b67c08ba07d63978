/** `import`: a CSV file becomes contacts, none twice, beside a bare COPY of the same rows into the same table with its indexes. */
import { createWriteStream } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { personAt } from '../src/demo/people.ts'
import type { Api } from '../src/demo/api.ts'
import { newId } from '../src/platform/id.ts'
import type { Report } from './figure.ts'
import { type Installation, type Measured, openInstallation } from './installation.ts'

export type ImportOptions = { recipients: number; profile?: boolean }

const columns = ['firstName', 'lastName', 'emailAddress', 'phoneNumber', 'addressCity', 'addressCountry'] as const
const tableColumns = sql.raw('id, first_name, last_name, email_address, phone_number, address_city, address_country')

export async function benchImport({ recipients: count, profile = false }: ImportOptions, report: Report): Promise<void> {
  await using installation = await openInstallation({ profile, roles: 'web,worker' })
  await using folder = await openFolder()
  const given = join(folder.path, 'people.csv')
  const withIds = join(folder.path, 'with-ids.csv')
  await writeRows(given, count, [])
  await writeRows(withIds, count, ['id'])

  const bare = [await bareCopy(installation, withIds)]
  const { measured, peak } = await importOnce(installation, given, count)
  // A profile shows what was measured last.
  if (!profile) bare.push(await bareCopy(installation, withIds))
  const best = (of: (measured: Measured) => number) => Math.min(...bare.map(of))

  const words = `${count} rows of ${columns.length} columns, each address looked up in table and file, what became of each row written down; from the upload to done`
  const bareWords = `limit: one bare COPY of the same rows, ids included, from a file on the server's disk into the same empty table with its indexes, the better of a run before and one after`
  report({ name: 'import', value: measured.seconds, unit: 's', limit: best(({ seconds }) => seconds), method: `${words}; ${bareWords}` })
  report({ name: 'importRate', value: count / measured.seconds, unit: 'rows/s', limit: 20_000, method: `${words}; limit: what is asked for` })
  report({ name: 'importCpu', value: measured.cost.database + measured.cost.server, unit: 's', limit: best(({ cost }) => cost.database), method: `${words}; CPU time of server and PostgreSQL; ${bareWords}` })
  report({ name: 'importMemory', value: peak, unit: 'MB', method: `${words}; highest resident memory (VmHWM) of all processes but PostgreSQL` })
}

async function openFolder() {
  const path = await mkdtemp(join(tmpdir(), 'tidings-import-'))
  // PostgreSQL may run as somebody else, and reads the file itself.
  await chmod(path, 0o755)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** The same people every time, each with an address of its own. */
async function writeRows(path: string, count: number, before: 'id'[]): Promise<void> {
  await pipeline(Readable.from(lines(count, before)), createWriteStream(path))
  await chmod(path, 0o644)
}

function* lines(count: number, before: 'id'[]): Generator<string> {
  yield `${[...before, ...columns].join(',')}\n`
  for (let number = 0; number < count;) {
    let text = ''
    for (const end = Math.min(number + 1000, count); number < end; number++) {
      const { firstName, lastName, mailbox, city, country } = personAt(number)
      const cells = [firstName, lastName, `${mailbox}.${number}@shop${number % 5000}.example`, `0${number}`, city, country]
      text += `${[...before.map(() => newId()), ...cells].join(',')}\n`
    }
    yield text
  }
}

async function bareCopy({ db, measure }: Installation, file: string): Promise<Measured> {
  await emptied(db)
  const measured = await measure(() => sql`copy contact (${tableColumns}) from ${sql.lit(file)} with (format csv, header true)`.execute(db))
  await emptied(db)
  return measured
}

async function importOnce({ api, db, measure, peakMegabytes }: Installation, file: string, count: number): Promise<{ measured: Measured; peak: number }> {
  await emptied(db)
  let result: object = {}
  const text = await readFile(file, 'utf8')
  const measured = await measure(async () => { result = await upload(api, text) })
  const { rows: [found] } = await sql<{ contacts: number; noted: number }>`
    select (select count(*) from contact) as contacts, (select count(*) from import_row) as noted`.execute(db)
  const isWhole = found?.contacts === count && found.noted === count && 'created' in result && result.created === count
  if (!isWhole) throw new Error(`Not every row became a contact: ${JSON.stringify({ ...found, ...result })}`)
  return { measured, peak: peakMegabytes() }
}

const upload = (api: Api, text: string) => api.upload<object>('/imports', { name: 'people.csv', text },
  { entityType: 'Contact', mapping: Object.fromEntries(columns.map((name) => [name, name])), skipDuplicates: true })

/** All start alike: nobody there, and nothing dirty left over. */
async function emptied(db: Installation['db']) {
  await sql`truncate contact, import, import_row, import_file`.execute(db)
  await sql`vacuum analyze contact`.execute(db)
  await sql`checkpoint`.execute(db)
}
