/** `tidings start`: the server in the foreground, until a signal or the end of its parent, then a drain of at most 30 seconds. */
import { Option } from 'commander'
import { type Environment, roles } from '../platform/environment.ts'
import { AppError } from '../platform/errors.ts'
import { startTidings, type Tidings } from '../services.ts'
import { environmentOrWrongUsage } from './installation.ts'
import { command } from './outcome.ts'
import { askedToStop } from './stop.ts'

export const startCommand = () => command('start', 'run the server in the foreground until it is told to stop (SIGTERM, Control-C)')
  .addOption(new Option('--role <roles...>', 'what this process is for, in place of TIDINGS_ROLES').choices(roles))
  .action(async (options: { json?: boolean; role?: string[] }) => {
    // Before anything runs: a signal during the start stops it as well.
    const stop = askedToStop()
    const tidings = await startOrSayWhy(environmentOrWrongUsage({ ...process.env, ...(options.role && { TIDINGS_ROLES: options.role.join(',') }) }))
    console.log(options.json ? JSON.stringify({ ready: true, url: tidings.url }) : `Tidings is ready at ${tidings.url}`)
    await stop
    await drain(tidings)
  })

/** What people meet most is said in words they can act on. */
export function startOrSayWhy(environment: Environment): Promise<Tidings> {
  return startTidings(environment).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new AppError('conflict', 'portTaken', `Another program listens on ${environment.host}:${environment.port}. Stop it, or set TIDINGS_PORT to a free port.`)
  })
}

const drainLimitMs = 29_000

/** What is on the wire is finished. Whatever hangs longer than that is left to recovery, which any start does. */
export async function drain(tidings: Tidings): Promise<never> {
  const limit = setTimeout(() => {
    console.error('Not everything could be finished in time; the next start takes care of the rest.')
    process.exit(0)
  }, drainLimitMs)
  await tidings.close()
  clearTimeout(limit)
  process.exit(0)
}
