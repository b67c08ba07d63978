/** `reports`: the pages of a campaign with ten million deliveries and thirty million log entries over HTTP, and a filter over a million contacts by what they did. */
import { mkdir } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Api } from '../src/demo/api.ts'
import { verifyFigures } from '../src/log/recount.ts'
import { type Db, openDb } from '../src/platform/db.ts'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { dataFolder, startProgram } from '../test/program.ts'
import type { Report } from './figure.ts'
import { costBetween, cpuSeconds, postmasterOf } from './processes.ts'
import { findReportData, makeReportData, type ReportData } from './report-data.ts'
import { reportQueries } from './report-queries.ts'

export type ReportsOptions = { deliveries: number; contacts: number; keep?: string | undefined; verify?: boolean | undefined }

/** Milliseconds. */
const pageGoal = 100
const countGoal = 1_000
const repeats = 20

export async function benchReports({ deliveries, contacts, keep, verify = false }: ReportsOptions, report: Report): Promise<void> {
  if (keep) await mkdir(keep, { recursive: true })
  await using folder = keep ? { path: keep, [Symbol.asyncDispose]: async () => {} } : await dataFolder()
  await using program = await startProgram(folder.path, { TIDINGS_ROLES: 'web' })
  await using server = await openEmbeddedPostgres(folder.path)
  const db = openDb(server.url)
  await using _closing = { [Symbol.asyncDispose]: () => db.destroy() }
  const data = await findReportData(db) ?? await makeReportData(db, program.api, { deliveries, contacts }, say)
  say('queries')
  const queries = await reportQueries(program.api, data)
  const words = await wordsOf(db, data)
  const [times, costs] = [new Map<string, number[]>(), new Map<string, number[]>()]
  const processes = { servers: [program.child.pid!], database: postmasterOf(folder.path), sink: 0 }
  for (const { name, group, ask } of queries) {
    const before = cpuSeconds(processes)
    const each = await timesOf(program.api, ask)
    const { server: ofServer, database } = costBetween(before, cpuSeconds(processes))
    times.set(group, [...times.get(group) ?? [], ...each])
    // On a machine that has other things to do the clock says little: what it costs is told beside it. The first request is among these.
    const cpu = ((ofServer + database) * 1000) / (each.length + 1)
    report({ name: `${group}: ${name}`, value: quantile(each, 0.95), unit: 'ms', ...limitOf(group), method: `p50 ${quantile(each, 0.5).toFixed(1)}, max ${Math.max(...each).toFixed(1)}, ${each.length} requests, ${cpu.toFixed(1)} ms of processor time each` })
    costs.set(group, [...costs.get(group) ?? [], cpu])
  }
  for (const [group, all] of times) {
    report({ name: group, value: quantile(all, 0.95), unit: 'ms', ...limitOf(group), method: `p95 of ${all.length} requests over HTTP, one after the other, each made once before: ${titles[group]}; p50 ${quantile(all, 0.5).toFixed(1)}, max ${Math.max(...all).toFixed(1)} ms; processor time of server and PostgreSQL, the dearest of these ${Math.max(...costs.get(group)!).toFixed(0)} ms a request; ${words}${goalOf(group) === undefined ? '' : '; limit: the goal'}` })
  }
  if (verify) await reportVerify(db, report, words)
}

const goalOf = (group: string) => (group.startsWith('contactsByActivity') ? countGoal : group === 'reportRuns' ? undefined : pageGoal)

const limitOf = (group: string) => { const limit = goalOf(group); return limit === undefined ? {} : { limit } }

const titles: Record<string, string> = {
  campaignPage: 'what the page of the campaign reads: campaign, figures, hours, links, domains, entity types, trend, mass emails with progress, tracking URLs, the log with its chips, and pages of deliveries',
  campaignLog: 'the log by one action, by mass email, link, machine, day and address, and a record\'s history',
  contactsByActivity: 'people in two cities, in accounts of one industry, who got one of the last three campaigns, clicked none of them and are not in a list: how many',
  contactsByActivityPage: 'the first fifty of them in the order of creation, with all columns and the total',
  reportRuns: 'figures by a field of the records, and runs of reports over deliveries and the log',
}

async function timesOf(api: Api, ask: (api: Api) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n <= repeats; n++) {
    const began = performance.now()
    await ask(api)
    times.push(performance.now() - began)
    // What takes long is not made to take twenty times as long.
    if (performance.now() - began > 2_000 && n >= 3) break
  }
  return times.slice(1)
}

async function reportVerify(db: Db, report: Report, words: string): Promise<void> {
  const began = performance.now()
  const differences = await verifyFigures(db)
  if (differences.length > 0) throw new Error(`The figures are wrong: ${JSON.stringify(differences.slice(0, 3))}`)
  report({ name: 'verify', value: (performance.now() - began) / 1000, unit: 's', method: `all figures recounted from deliveries and log, no difference; ${words}` })
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
}

async function wordsOf(db: Db, { deliveries, entries, contacts }: ReportData): Promise<string> {
  const { rows: [size] } = await sql<{ size: string }>`select pg_size_pretty(pg_database_size(current_database())) as size`.execute(db)
  const number = (count: number) => count.toLocaleString('en')
  return `${number(deliveries)} deliveries and ${number(entries)} log entries of one campaign, ${number(contacts)} contacts, a database of ${size!.size}`
}

const began = Date.now()
const say = (words: string) => console.error(`${Math.round((Date.now() - began) / 1000).toString().padStart(5)} s  ${words}`)
