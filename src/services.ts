/** Starts what a process is for (web, worker, sender) on one database, and stops it again without losing anything. */
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureFirstAdministrator } from './access/first-administrator.ts'
import { startStandIn } from './alarms/stand-in.ts'
import { startAlarms } from './alarms/watch.ts'
import { type App, createApp } from './app.ts'
import type { Ground } from './platform/ground.ts'
import { tellAboutPortion } from './health/portion-notice.ts'
import { markLostRuns, queueDueJobs } from './jobs/jobs.ts'
import { watchMailboxes } from './mailbox/watch-mailboxes.ts'
import { startNoticeMail } from './notice-mail/send.ts'
import { followDatabaseClock } from './platform/clock.ts'
import { openDatabaseServer } from './platform/database-server.ts'
import { openDb } from './platform/db.ts'
import type { Environment } from './platform/environment.ts'
import { guardedFetch } from './platform/guarded-fetch.ts'
import { openLog } from './platform/log.ts'
import { startLoop } from './platform/loop.ts'
import { migrate } from './platform/migrate.ts'
import { lookAtSealed, sentenceOfUnreadable } from './platform/sealed.ts'
import { ringOf } from './platform/secret-ring.ts'
import { openSecrets } from './platform/secrets.ts'
import { startTaskRunner } from './platform/task-runner.ts'
import { startReceiver } from './receiver/service.ts'
import { startDraining } from './response/visits.ts'
import { startSandbox } from './sandbox/service.ts'
import { ensureSiteUrl, readGeneral } from './settings/settings.ts'
import { watchNewKeys } from './signing/watch.ts'
import { startWebhooks } from './webhooks/post.ts'
import { startSystemMail } from './system-mail/send.ts'

export type Tidings = {
  /** Where people go: the Site URL. */
  url: string
  /** Drains: what is on the wire is finished, nothing new is begun, then everything closes. */
  close(): Promise<void>
}

type Stop = () => Promise<unknown>

/** Brings one process up. What was started before a failure is stopped again. */
export async function startTidings(environment: Environment): Promise<Tidings> {
  const stops: Stop[] = []
  const close = async () => {
    while (stops.length > 0) await stops.pop()!()
  }
  try {
    return { url: await start(environment, (stop) => stops.push(stop)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function start(environment: Environment, onClose: (stop: Stop) => void): Promise<string> {
  const ground = await openGround(environment, onClose)
  const app = await createApp(ground, { webFolder: builtWebFolder() })
  if (environment.roles.includes('web')) onClose(startDraining(app.visits, ground.log).stop)
  onClose(() => app.server.close())
  const has = (role: Environment['roles'][number]) => environment.roles.includes(role)
  if (has('web')) await app.server.listen({ host: environment.host, port: environment.port })
  if (has('web')) await ensureSiteUrl(ground.db, { siteUrl: environment.siteUrl, publicUrl: environment.publicUrl, localUrl: localUrl(app, environment) })
  await ensureFirstAdministrator(ground.db, environment.admin)
  if (has('sender')) onClose((await startSandbox(ground)).stop)
  if (has('worker')) await startWorker(ground, app, onClose)
  else onClose(startStandIn(ground).stop)
  if (has('sender')) onClose((await app.startSending()).stop)
  return (await readGeneral(ground.db)).siteUrl
}

async function openGround(environment: Environment, onClose: (stop: Stop) => void): Promise<Ground> {
  const log = openLog(environment.logLevel)
  const server = await openDatabaseServer(environment, (line) => log.info(line))
  onClose(server.close)
  await migrate(server.url)
  const db = openDb(server.url)
  onClose(() => db.destroy())
  const { clock, close } = await followDatabaseClock(db)
  onClose(async () => close())
  const secrets = openSecrets(ringOf(environment))
  const unreadable = sentenceOfUnreadable(await lookAtSealed(db, secrets))
  if (unreadable) throw new Error(unreadable)
  return { db, clock, log, environment, secrets }
}

async function startWorker(ground: Ground, { jobs, taskGroups }: App, onClose: (stop: Stop) => void) {
  const { db, clock, log } = ground
  onClose((await startTaskRunner({ db, clock, log, groups: taskGroups })).stop)
  const scheduler = startLoop({
    name: 'scheduler', everyMs: 1000, log,
    work: async () => {
      await markLostRuns(db, clock())
      await queueDueJobs(db, jobs, clock(), (await readGeneral(db)).timeZone)
    },
  })
  onClose(scheduler.stop)
  onClose(watchMailboxes(ground).stop)
  onClose(startSystemMail(ground).stop)
  onClose(startNoticeMail(ground).stop)
  onClose(startAlarms(ground).stop)
  onClose(startWebhooks({ ...ground, fetch: guardedFetch(ground.environment.allowPrivate) }).stop)
  onClose(startLoop({ name: 'portion', everyMs: 5_000, log, work: () => tellAboutPortion(db, clock) }).stop)
  if (ground.environment.bounceReceiver) onClose(startReceiver(ground, ground.environment.bounceReceiver).stop)
  onClose(watchNewKeys(ground).stop)
}

const localUrl = ({ server }: App, { host, port }: Environment) => {
  const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host
  return `http://${name}:${(server.server.address() as AddressInfo | null)?.port ?? port}`
}

/** The web application lies beside the built program; a program run from source has none, its development server shows it. */
function builtWebFolder(): string | undefined {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'web')
  return existsSync(join(folder, 'index.html')) ? folder : undefined
}
