/** What a test starts with: the whole product on an empty database of its own, a clock that is moved by hand, a signed-in administrator. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Actor } from '../src/access/actor.ts'
import { createApiKey } from '../src/access/api-keys.ts'
import { everything, noRights, permissions, type Rights } from '../src/access/rights.ts'
import { createApp } from '../src/app.ts'
import type { Ground } from '../src/platform/ground.ts'
import { queueDueJobs } from '../src/jobs/jobs.ts'
import { newId } from '../src/platform/id.ts'
import { readEnvironment } from '../src/platform/environment.ts'
import { type Log, openLog } from '../src/platform/log.ts'
import { openSecrets, type Secrets } from '../src/platform/secrets.ts'
import { runNextTask } from '../src/platform/task.ts'
import { answerCaptured } from '../src/sandbox/answer-captured.ts'
import { startSandbox } from '../src/sandbox/service.ts'
import { sendSystemMail } from '../src/system-mail/send.ts'
import { createDatabase } from './database.ts'

/** A DNS server that is not there: tests ask nobody outside. One that asks starts its own (test/dns-server.ts). */
const nobody = '127.0.0.1:1'

export const noon = new Date('2030-01-01T12:00:00Z')

export type Answer = { status: number; body: any; headers: Record<string, unknown>; text: string }
export type TestApp = Awaited<ReturnType<typeof startApp>>

/** `now` is where the clock stands until `app.clock.advance`; `sandbox` starts the built-in mail server, for tests that send. */
export async function startApp({ now = noon, environment = {}, sandbox = false, secrets = openSecrets('a secret for tests only'), log = openLog(process.env['TEST_LOG'] ?? 'silent') }: { now?: Date; environment?: Record<string, string>; sandbox?: boolean; secrets?: Secrets; log?: Log } = {}) {
  const database = await createDatabase()
  // A sender was there a moment ago, whenever the database that this one is a copy of was made.
  await sql`update sender_last_end set ended_at = clock_timestamp()`.execute(database.db)
  const clock = manualClock(now)
  const dataFolder = await mkdtemp(join(tmpdir(), 'tidings-data-'))
  const ground: Ground = {
    db: database.db, clock: clock.read, secrets, log,
    environment: readEnvironment({ TIDINGS_DATA_DIR: dataFolder, TIDINGS_DNS: nobody, ...environment }),
  }
  const app = await createApp(ground, { checkAnswers: true })
  const { actor: admin, key } = await givenUser(ground, 'admin')
  const mailServer = sandbox ? await startSandbox(ground) : undefined
  const stop = new AbortController()

  /** Runs everything that is due now, until nothing is left to do. */
  async function settle() {
    await queueDueJobs(ground.db, app.jobs, clock.read(), 'UTC')
    for (;;) {
      let ran = false
      for (const { kinds } of app.taskGroups) ran = (await runNextTask(ground.db, kinds, clock.read, stop.signal)) || ran
      if (!ran && (await app.sendWhatIsDue()) === 0 && (await sendSystemMail(ground)) === 0 && (await answerCaptured(ground)) === 0) return
    }
  }

  return {
    ...ground, ground, server: app.server, routes: app.routes, jobs: app.jobs, url: database.url, admin, clock, settle, sendWhatIsDue: app.sendWhatIsDue,
    api: client(app.server, key), adminKey: key,
    /** The API as somebody else: another user's key, or nobody. */
    as: (otherKey: string | null) => client(app.server, otherKey),
    /** Without `rights` somebody who may do everything but administer. */
    givenUser: (type: Actor['type'], values: GivenUser = {}) => givenUser(ground, type, values),
    async [Symbol.asyncDispose]() {
      stop.abort()
      await app.server.close()
      await mailServer?.stop()
      await database[Symbol.asyncDispose]()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

function manualClock(start: Date) {
  let at = start
  return {
    read: () => at,
    /** Moves the time on. */
    advance: ({ hours = 0, minutes = 0, seconds = 0 }: { hours?: number; minutes?: number; seconds?: number }) => {
      at = new Date(at.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000)
    },
  }
}

type GivenUser = { userName?: string; rights?: Partial<Rights>; teamIds?: string[] }

async function givenUser({ db }: Ground, type: Actor['type'], { userName = `${type}-${newId().slice(-6)}@tidings.example`, rights = fullRights, teamIds = [] }: GivenUser = {}) {
  const id = newId()
  const all = { ...noRights, ...rights }
  const roleId = newId()
  if (type !== 'admin') {
    await db.insertInto('role').values({
      id: roleId, name: `Role of ${userName}`, types: JSON.stringify(all.types), otherTypes: JSON.stringify(all.otherTypes), permissions: [...all.permissions], sendNeedsApproval: all.sendNeedsApproval ?? false,
    }).execute()
  }
  await db.insertInto('user').values({ id, userName, emailAddress: userName, type, firstName: 'Test', lastName: type, teamIds, roleIds: type === 'admin' ? [] : [roleId] }).execute()
  const { secret: key } = await createApiKey(db, { name: 'test', userId: id })
  return { actor: { userId: id, userName, type, via: 'apiKey', ip: '127.0.0.1', rights: all, teamIds } satisfies Actor as Actor, key }
}

const fullRights: Rights = { types: {}, otherTypes: everything, permissions: permissions.filter((permission) => permission !== 'administer') }

/** Calls the API without a network; the body is parsed when it is JSON. */
function client(server: FastifyInstance, key: string | null) {
  const call = (method: InjectOptions['method']) => async (url: string, payload?: object | string | Buffer, headers: Record<string, string> = {}): Promise<Answer> => {
    const path = url.startsWith('/api/') || /^\/[a-z]\//.test(url) ? url : `/api/v1${url}`
    const response = await server.inject({
      method: method!, url: path, ...(payload !== undefined && { payload }),
      headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers },
    })
    const isJson = String(response.headers['content-type']).includes('json')
    return { status: response.statusCode, headers: response.headers, text: response.body, body: isJson && response.body ? response.json() : null }
  }
  return { get: call('GET'), post: call('POST'), patch: call('PATCH'), put: call('PUT'), delete: call('DELETE'), head: call('HEAD') }
}
