/**
 * PostgreSQL inside the data folder: made on the first start, found again on the next, shared by all processes that work on the folder.
 * Which programs run and as whom is postgres-program.ts's business; an outside server (DATABASE_URL) never comes here.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { signInUser } from './database-users.ts'
import { keepRunning } from './keep-running.ts'
import { findPostgresProgram, type PostgresProgram } from './postgres-program.ts'
import { identityOf, isPostmasterOf } from './process-identity.ts'

export type EmbeddedPostgres = {
  /** postgres://… of a database named `tidings` whose user may do everything. */
  url: string
  /** Stops the server when nobody else uses it. May be called twice. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

type Options = {
  log?: (line: string) => void
  /** False: faster, and everything may be lost with the machine. For tests. */
  durable?: boolean
  /** Until `close`, a server that is gone (killed, out of memory) is started again at the same address. */
  lookedAfter?: boolean
}

type Cluster = { home: string; data: string; passwordFile: string; logFile: string; users: string }

/** After a crash PostgreSQL first replays its journal: minutes with much written. */
const startTimeoutMs = 300_000
const maxStarts = 5

// PostgreSQL's error codes (Appendix A of its manual).
const passwordRefused = '28P01'
const noSuchDatabase = '3D000'
/** Somebody else has made it, or is just making it. */
const databaseExists = ['42P04', '23505']

/**
 * Opens the database of a data folder. A server that runs already, be it another process's or one left behind by a killed one, is used as it is;
 * else one is started. Processes may call this at the same moment: PostgreSQL's own pid file decides who starts it.
 */
export async function openEmbeddedPostgres(dataFolder: string, { log = () => {}, durable = true, lookedAfter = false }: Options = {}): Promise<EmbeddedPostgres> {
  await mkdir(dataFolder, { recursive: true })
  const cluster = clusterOf(await realpath(dataFolder))
  const program = await findPostgresProgram()
  await createOnce(cluster, program, log)
  const signOut = signInUser(cluster.users)
  try {
    const url = await reach(cluster, program, durable, log)
    const leave = lookedAfter ? lookAfter(cluster, program, { url, durable, log }) : async () => {}
    let closing: Promise<void> | undefined
    const close = () => closing ??= leave().then(() => signOut().last ? stop(cluster) : undefined)
    return { url, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    signOut()
    throw error
  }
}

const clusterOf = (dataFolder: string): Cluster => {
  const home = join(dataFolder, 'postgres')
  return { home, data: join(home, 'cluster'), passwordFile: join(home, 'password'), logFile: join(home, 'log.txt'), users: join(home, 'users') }
}

/** Made beside its place and moved there whole: a crash leaves nothing half made, and of two first starts one wins. */
async function createOnce(cluster: Cluster, program: PostgresProgram, log: (line: string) => void): Promise<void> {
  if (existsSync(cluster.data)) return
  log('Creating the database…')
  const unfinishedFolder = await mkdtemp(`${cluster.home}-unfinished-`)
  try {
    await chmod(unfinishedFolder, 0o755)
    const unfinished = clusterOf(unfinishedFolder)
    await initialise(unfinished, program)
    await rename(unfinished.home, cluster.home).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(unfinishedFolder, { recursive: true, force: true })
  }
}

async function initialise(cluster: Cluster, program: PostgresProgram): Promise<void> {
  await mkdir(cluster.data, { recursive: true, mode: 0o700 })
  await writeFile(cluster.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  for (const path of [cluster.home, cluster.data, cluster.passwordFile]) await program.give(path)
  // The builtin provider knows upper and lower case of all scripts on every machine, whatever locales are installed.
  const args = ['-D', cluster.data, '-U', 'tidings', '--auth=scram-sha-256', `--pwfile=${cluster.passwordFile}`, '--no-instructions',
    '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  // pg_trgm asks the C library what a letter is; systems without this locale search other scripts without its index.
  if ((await finished(program, [...args, '--lc-ctype=C.UTF-8'])).code === 0) return
  const { code, output } = await finished(program, args)
  if (code !== 0) throw new Error(`The database could not be created: ${output.trim()}`)
}

async function finished(program: PostgresProgram, args: string[]): Promise<{ code: number | null; output: string }> {
  const child = program.run('initdb', args, ['ignore', 'pipe', 'pipe'])
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => { output += chunk })
  child.stderr?.on('data', (chunk: Buffer) => { output += chunk })
  const [code] = await once(child, 'close') as [number | null]
  return { code, output }
}

/** Until it answers: one that runs is waited for, one that does not is started. */
async function reach(cluster: Cluster, program: PostgresProgram, durable: boolean, log: (line: string) => void): Promise<string> {
  const password = await readFile(cluster.passwordFile, 'utf8')
  const deadline = Date.now() + startTimeoutMs
  for (let starts = 0; Date.now() < deadline; await wait(20)) {
    const running = runningServer(cluster)
    if (running === null) {
      if (++starts > maxStarts) break
      await start(cluster, program, durable)
      continue
    }
    if (running.port === null) continue
    const url = `postgres://tidings:${password}@127.0.0.1:${running.port}/tidings`
    if (!await answers(url)) continue
    log(starts > 0 ? 'The database is started.' : 'The database was running already.')
    return url
  }
  throw new Error(`The embedded database does not start. Its log (${cluster.logFile}) ends with:\n${await lastLines(cluster.logFile)}`)
}

/** postmaster.pid: line 1 the pid, 4 the port, 8 the status (`ready` once connections are taken). */
function runningServer(cluster: Cluster): { pid: number; port: number | null } | null {
  const file = join(cluster.data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (isPostmasterOf(cluster.data, pid)) return { pid, port: lines[7]?.trim() === 'ready' ? Number(lines[3]) : null }
  // A dead one's file PostgreSQL clears itself, but it would take a stranger with the same number for a living server (always so in containers).
  if (identityOf(pid) !== null) rmSync(file, { force: true })
  return null
}

/** Whoever is connected knows one address only, so it comes back at the same port. */
const lookAfter = (cluster: Cluster, program: PostgresProgram, { url, durable, log }: { url: string; durable: boolean; log: (line: string) => void }) => keepRunning({
  isRunning: () => runningServer(cluster) !== null,
  start: () => start(cluster, program, durable, Number(new URL(url).port)),
  onGone: () => log('The database is gone; it is started again.'),
})

/** Answers once the new server has written that it is ready, or has ended: then another one was faster, or its port was taken. */
async function start(cluster: Cluster, program: PostgresProgram, durable: boolean, port?: number): Promise<void> {
  await rename(cluster.logFile, `${cluster.logFile}.1`).catch(() => {})
  const logFile = openSync(cluster.logFile, 'a', 0o600)
  const child = program.run('postgres', ['-D', cluster.data, ...settings(port ?? await freePort(), durable)], ['ignore', logFile, logFile])
  closeSync(logFile)
  child.unref()
  let ended = false
  child.once('exit', () => { ended = true }).once('error', () => { ended = true })
  while (!ended && !runningServer(cluster)?.port) await wait(10)
}

function settings(port: number, durable: boolean): string[] {
  return Object.entries({
    port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200, timezone: 'UTC',
    // Pages that PostgreSQL holds itself cost a third of those that it copies from the system's cache: measured on 66,000 scattered rows, 150 ms of processor time against 630.
    shared_buffers: `${durable ? bufferMegabytes() : fewMegabytes}MB`,
    // Compiling a statement costs seconds on two cores and gains nothing here: measured on the verdicts of 370,000 people, 3.2 s against 0.8 s.
    jit: 'off',
    // Rows hold people's addresses, and errors quote rows: neither goes into a log.
    log_min_messages: 'log', log_error_verbosity: 'terse', log_checkpoints: 'off', log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** For what is thrown away: making and dropping a database goes through all buffers, 58 ms of processor time with 6 GB of them against 32. */
const fewMegabytes = 128

/** A quarter of the memory, as its manual recommends; of the container's where that has a limit. PostgreSQL takes it page by page, as it is used. */
function bufferMegabytes(): number {
  const limit = process.constrainedMemory() || Infinity
  return Math.round(Math.min(Math.max(Math.min(limit, totalmem()) / 4 / 2 ** 20, 128), 8192))
}

/** False while the server comes up or goes down; the first time, the database itself is still to be made. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === passwordRefused) throw new Error(`The embedded database refuses the password in its own data folder: ${message}`)
    if (code === noSuchDatabase) await createDatabase(url)
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/tidings$/, 'postgres') })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('create database tidings')
  } catch (error) {
    if (!databaseExists.includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end().catch(() => {})
  }
}

/** Fast shutdown (SIGINT): open transactions are rolled back, everything committed is on disk. */
async function stop(cluster: Cluster): Promise<void> {
  const running = runningServer(cluster)
  if (running === null) return
  process.kill(running.pid, 'SIGINT')
  while (isPostmasterOf(cluster.data, running.pid)) await wait(10)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const lastLines = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8').catch(() => '')).trim().split('\n').slice(-5).join('\n')
