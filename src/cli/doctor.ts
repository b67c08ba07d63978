/** `tidings doctor`: what stands in the way, as far as it can be told from this machine. Each finding says what to do. */
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { sql } from 'kysely'
import { setupNeeded } from '../access/first-administrator.ts'
import type { Db } from '../platform/db.ts'
import type { Environment } from '../platform/environment.ts'
import { environmentOrWrongUsage, withInstallation } from './installation.ts'
import { command, shows } from './outcome.ts'

type Check = { code: string; level: 'ok' | 'warning' | 'error'; message: string; advice: string }

const minimumFreeBytes = 1_000_000_000
const oldestPostgres = 150_000

export const doctorCommand = () => command('doctor', 'check this installation and say what to do about what is wrong')
  .action(shows(async () => {
    const checks = await findings(environmentOrWrongUsage())
    const failed = checks.some(({ level }) => level === 'error')
    return { text: checks.map(line).join('\n'), data: { ok: !failed, checks }, failed }
  }))

async function findings(environment: Environment): Promise<Check[]> {
  const local = [await port(environment), ...await dataFolder(environment)]
  if (!environment.databaseUrl && !existsSync(environment.dataDir)) return local
  return [...local, ...await database()]
}

async function port({ host, port: number }: Environment): Promise<Check> {
  const server = createServer().listen(number, host)
  try {
    await once(server, 'listening')
    server.close()
    return ok('port', `Port ${number} is free: no server runs there.`)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') return ok('port', `A server listens on port ${number}.`)
    return { code: 'port', level: 'error', message, advice: 'Set TIDINGS_HOST and TIDINGS_PORT to an address of this machine.' }
  }
}

async function dataFolder({ dataDir, databaseUrl }: Environment): Promise<Check[]> {
  if (!existsSync(dataDir)) {
    const advice = 'The first start makes it. If there should be data, look at TIDINGS_DATA_DIR and at the folder you stand in.'
    return databaseUrl ? [] : [{ code: 'dataFolder', level: 'warning', message: `There is no data folder ${dataDir}.`, advice }]
  }
  const { bavail, bsize } = await statfs(dataDir)
  const free = `${(bavail * bsize / 1e9).toFixed(1)} GB are free at ${dataDir}.`
  if (bavail * bsize > minimumFreeBytes) return [ok('disk', free)]
  return [{ code: 'disk', level: 'warning', message: free, advice: 'Make room: a full disk stops the database.' }]
}

async function database(): Promise<Check[]> {
  try {
    return await withInstallation(async ({ db }) => [await server(db), await clock(db), await administrator(db)])
  } catch (error) {
    const advice = 'Look at DATABASE_URL, or at postgres/log.txt in the data folder.'
    return [{ code: 'database', level: 'error', message: (error as Error).message, advice }]
  }
}

async function server(db: Db): Promise<Check> {
  const { rows: [row] } = await sql<{ number: number; name: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as name`.execute(db)
  if (row!.number >= oldestPostgres) return ok('database', `PostgreSQL ${row!.name} answers, and the schema is up to date.`)
  return { code: 'database', level: 'error', message: `PostgreSQL ${row!.name} is too old.`, advice: 'Tidings needs PostgreSQL 15 or later.' }
}

async function clock(db: Db): Promise<Check> {
  const { rows: [row] } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  const seconds = Math.round(Math.abs(Date.now() - row!.now.getTime()) / 1000)
  const message = `The clocks of this machine and of the database are ${seconds} s apart.`
  return seconds <= 30 ? ok('clock', message) : { code: 'clock', level: 'warning', message, advice: 'Set both by NTP.' }
}

const administrator = async (db: Db): Promise<Check> => await setupNeeded(db)
  ? { code: 'administrator', level: 'warning', message: 'There is no administrator yet.', advice: 'Start Tidings and open it in the browser.' }
  : ok('administrator', 'There is an administrator.')

const ok = (code: string, message: string): Check => ({ code, level: 'ok', message, advice: '' })

const signs = { ok: '✓', warning: '!', error: '✗' }

const line = ({ level, message, advice }: Check): string => `${signs[level]} ${message}${advice ? ` ${advice}` : ''}`
