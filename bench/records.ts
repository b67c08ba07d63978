/** `records`: lists of ten million contacts over HTTP: any page, any indexed sort or filter, search and count, beside the time a page may take. */
import { mkdir } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Api } from '../src/demo/api.ts'
import { type Db, openDb } from '../src/platform/db.ts'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { dataFolder, startProgram } from '../test/program.ts'
import type { Report } from './figure.ts'
import { findRecordData, makeRecordData, type RecordData } from './record-data.ts'
import { type Group, type Query, recordQueries } from './record-queries.ts'

export type RecordsOptions = {
  records: number
  /** The data folder is kept there for the next run, instead of a temporary one. */
  keep?: string | undefined
}

/** Milliseconds. */
const goal = 100

export async function benchRecords({ records, keep }: RecordsOptions, report: Report): Promise<void> {
  await using folder = keep ? await keptFolder(keep) : await dataFolder()
  // What administrators are told of slow filters is not measured; jobs and sending have nothing to do.
  await using program = await startProgram(folder.path, { TIDINGS_ROLES: 'web' })
  await using server = await openEmbeddedPostgres(folder.path)
  const db = openDb(server.url)
  await using _closing = { [Symbol.asyncDispose]: () => db.destroy() }
  const data = await findRecordData(db) ?? await makeRecordData(db, records, say)
  say('queries')
  const queries = await recordQueries(program.api, data)
  for (const query of queries.filter(({ group }) => group !== 'unindexed')) await timesOf(program.api, { ...query, paths: [...new Set(query.paths)] })
  say('measured queries')
  const measured: Measured[] = []
  for (const query of queries) {
    const each = await timesOf(program.api, query)
    reportQuery(report, each)
    measured.push(each)
  }
  reportGroups(report, measured, await wordsOf(db, data))
}

type Measured = { query: Query; times: number[]; refused: number }

/** One that is given up as too slow counts with the time until then. */
async function timesOf(api: Api, query: Query): Promise<Measured> {
  const measured: Measured = { query, times: [], refused: 0 }
  for (const path of query.paths) {
    const began = performance.now()
    await api.get(path).catch((error: Error) => {
      if (!error.message.includes('filterTooSlow')) throw error
      measured.refused++
    })
    measured.times.push(performance.now() - began)
  }
  return measured
}

function reportQuery(report: Report, { query, times, refused }: Measured): void {
  report({ name: `${query.group}: ${query.name}`, value: quantile(times, 0.95), unit: 'ms', limit: goal, method: `p50 ${quantile(times, 0.5).toFixed(1)}, max ${Math.max(...times).toFixed(1)}, ${times.length} requests${refused > 0 ? `, ${refused} given up as too slow` : ''}` })
}

const titles: Partial<Record<Group, string>> = { sort: 'listSort', page: 'listPages', filter: 'listFilter', count: 'listCount', together: 'listTogether', search: 'listSearch' }

function reportGroups(report: Report, measured: Measured[], words: string): void {
  const timesIn = (groups: string[]) => measured.filter(({ query }) => groups.includes(query.group)).flatMap(({ times }) => times)
  const one = (name: string, groups: string[], what: string) => {
    const times = timesIn(groups)
    report({ name, value: quantile(times, 0.95), unit: 'ms', limit: goal, method: `p95 of ${times.length} requests over HTTP, one after the other: ${what}; p50 ${quantile(times, 0.5).toFixed(1)}, max ${Math.max(...times).toFixed(1)} ms; ${words}; limit: the goal` })
  }
  one('list', ['sort', 'page', 'filter', 'count'], 'first, middle and last pages of five orders both ways, 18 filters on an indexed field in the order of creation and of names, and their counts; 50 records with all columns and the total')
  const about: Record<string, string> = {
    listSort: 'first and last pages of five orders', listPages: 'pages in the middle of five orders, both ways', listFilter: '18 filters on an indexed field, in the order of creation and of names',
    listCount: 'the counts of those filters', listTogether: '4 filters on two indexed fields at once, in both orders, and their counts',
    listSearch: 'seven kinds of text search, in both orders, and their counts',
  }
  for (const [group, name] of Object.entries(titles)) one(name, [group], about[name]!)
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
}

async function wordsOf(db: Db, { accounts, contacts }: RecordData): Promise<string> {
  const { rows: [size] } = await sql<{ size: string }>`select pg_size_pretty(pg_database_size(current_database())) as size`.execute(db)
  return `${contacts.toLocaleString('en')} contacts, ${accounts.toLocaleString('en')} accounts, a database of ${size!.size}, each request made once before`
}

async function keptFolder(path: string): Promise<AsyncDisposable & { path: string }> {
  await mkdir(path, { recursive: true })
  return { path, [Symbol.asyncDispose]: async () => {} }
}

const began = Date.now()
const say = (words: string) => console.error(`${Math.round((Date.now() - began) / 1000).toString().padStart(5)} s  ${words}`)
