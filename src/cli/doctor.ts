/** `tidings doctor`: what stands in the way, as far as it can be told from this machine: what a start needs, then all of Delivery Health. */
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { setupNeeded } from '../access/first-administrator.ts'
import { error, ok, warning, type Finding } from '../health/check.ts'
import { createDeliveryHealth } from '../health/delivery-health.ts'
import type { Db } from '../platform/db.ts'
import type { Environment } from '../platform/environment.ts'
import { openLog } from '../platform/log.ts'
import { loadSecret, openSecrets } from '../platform/secrets.ts'
import { environmentOrWrongUsage, withInstallation, type Installation } from './installation.ts'
import { command, shows } from './outcome.ts'

export const doctorCommand = () => command('doctor', 'check this installation and say what to do about what is wrong')
  .action(shows(async () => {
    const checks = await findings(environmentOrWrongUsage())
    const failed = checks.some(({ level }) => level === 'error')
    return { text: checks.map(line).join('\n'), data: { ok: !failed, checks }, failed }
  }))

async function findings(environment: Environment): Promise<Finding[]> {
  const port: Finding = { code: 'port', ...await lookAtPort(environment) }
  if (!environment.databaseUrl && !existsSync(environment.dataDir)) return [port, noData(environment)]
  try {
    return [port, ...await withInstallation(lookInside)]
  } catch (problem) {
    const advice = 'Look at DATABASE_URL, or at postgres/log.txt in the data folder.'
    return [port, { code: 'database', ...error((problem as Error).message, advice) }]
  }
}

async function lookAtPort({ host, port }: Environment): Promise<Omit<Finding, 'code'>> {
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

const noData = ({ dataDir }: Environment): Finding => ({
  code: 'dataFolder',
  ...warning(`There is no data folder ${dataDir}.`, 'The first start makes it. If there should be data, look at TIDINGS_DATA_DIR and at the folder you stand in.'),
})

async function lookInside({ db, clock, environment }: Installation): Promise<Finding[]> {
  const secrets = openSecrets(loadSecret(environment.dataDir, environment.secret))
  const health = createDeliveryHealth({ db, clock, environment, secrets, log: openLog('silent') })
  return [{ code: 'administrator', ...await lookForAdministrator(db) }, ...(await health.check()).checks]
}

const lookForAdministrator = async (db: Db) => await setupNeeded(db)
  ? warning('There is no administrator yet.', 'Start Tidings and open it in the browser.')
  : ok('There is an administrator.')

const signs = { ok: '✓', unknown: '?', warning: '!', error: '✗' }

const line = ({ level, message, advice }: Finding): string => `${signs[level]} ${message}${advice ? ` ${advice}` : ''}`
