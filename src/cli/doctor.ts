/** `tidings doctor`: what stands in the way, as far as it can be told from this machine: what a start needs, then all of Delivery Health. */
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { sql } from 'kysely'
import { setupNeeded } from '../access/first-administrator.ts'
import { error, type Finding, type Found, notRunning, ok, overall, warning } from '../health/check.ts'
import { createDeliveryHealth, type DatedFinding } from '../health/delivery-health.ts'
import { defaultAccount } from '../outbound/accounts.ts'
import { type Db, serverName } from '../platform/db.ts'
import type { Environment } from '../platform/environment.ts'
import { openLog } from '../platform/log.ts'
import { ringOf } from '../platform/secret-ring.ts'
import { openSecrets } from '../platform/secrets.ts'
import { environmentOrWrongUsage, withInstallation, type Installation } from './installation.ts'
import { command, shows } from './outcome.ts'

export const doctorCommand = () => command('doctor', 'check this installation and say what to do about what is wrong')
  .action(shows(async () => {
    const checks = await findings(environmentOrWrongUsage())
    const level = overall(checks)
    return { text: [...checks.map(line), '', verdicts[level]].join('\n'), data: { level, ok: level !== 'error', checks }, failed: level === 'error' }
  }))

async function findings(environment: Environment): Promise<DatedFinding[]> {
  const port = ofThisMachine('port', await lookAtPort(environment), 'The server listens here.')
  if (!environment.databaseUrl && !existsSync(environment.dataDir)) return [port, ofThisMachine('dataFolder', noData(environment), 'Everything is kept there.')]
  try {
    return [port, ...await withInstallation(lookInside)]
  } catch (problem) {
    const advice = 'Look at DATABASE_URL, or at postgres/log.txt in the data folder.'
    return [port, ofThisMachine('database', error((problem as Error).message, advice), 'Everything is kept there.')]
  }
}

const ofThisMachine = (code: string, found: Found, meaning: string, now = new Date()): DatedFinding => ({ code, ...found, meaning, since: now, checkedAt: now })

async function lookAtPort({ host, port }: Environment): Promise<Found> {
  const server = createServer().listen(port, host)
  try {
    await once(server, 'listening')
    server.close()
    return ok(`Port ${port} is free: no server runs there.`)
  } catch (problem) {
    const { code, message } = problem as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') return ok(`A server listens on port ${port}.`)
    return error(message, 'Set TIDINGS_HOST and TIDINGS_PORT to an address of this machine.')
  }
}

const noData = ({ dataDir }: Environment): Found =>
  warning(`There is no data folder ${dataDir}.`, 'The first start makes it. If there should be data, look at TIDINGS_DATA_DIR and at the folder you stand in.')

/** Nobody asks a command a second time, so it waits for the answers of slow servers too. */
const patienceMs = 25_000

async function lookInside({ db, clock, environment }: Installation): Promise<DatedFinding[]> {
  const secrets = openSecrets(ringOf(environment))
  const stopped = !(await serverRuns(db))
  const health = createDeliveryHealth({ db, clock, environment, secrets, log: openLog('silent') }, { patienceMs, stopped })
  const administrator = ofThisMachine('administrator', await lookForAdministrator(db), 'Somebody has to be able to sign in.', clock())
  const { checks } = await health.check()
  return [administrator, ...stopped ? checks.map(await leavingOutServer(db)) : checks]
}

const lookForAdministrator = async (db: Db): Promise<Found> => await setupNeeded(db)
  ? warning('There is no administrator yet.', 'Start Tidings and open it in the browser.')
  : ok('There is an administrator.')

/** Whether a process of this installation works on the database, on whatever machine. */
async function serverRuns(db: Db): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from pg_stat_activity where datname = current_database() and application_name = ${serverName}) as found`.execute(db)
  return rows[0]!.found
}

/** What only a running server can answer; the check of mass emails sees to itself, because it says more than that. */
async function leavingOutServer(db: Db): Promise<(finding: DatedFinding) => DatedFinding> {
  // Before the first start of a sender there is not even the Sandbox.
  const sandbox = ((await defaultAccount(db))?.kind ?? 'sandbox') === 'sandbox'
  const needServer = ['scheduler', 'siteUrl', 'publicUrl', ...(sandbox ? ['smtp'] : [])]
  return (finding) => (needServer.includes(finding.code) && finding.level === 'error' ? { ...finding, ...notRunning } : finding)
}

const signs = { ok: '✓', unknown: '?', warning: '!', error: '✗' }
const verdicts = { ok: 'Everything is in order.', warning: 'Nothing is broken just now; look at what is marked with !.', error: 'Something must be mended: see what is marked with ✗.' }

const line = ({ level, message, advice, code }: Finding): string => `${signs[level]} ${code}: ${message}${advice ? `\n    ${advice}` : ''}`
