/** What a benchmark of sending measures: a built Tidings on a data folder of its own, its database, and smtp-sink to send into. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Api } from '../src/demo/api.ts'
import { type Db, openDb } from '../src/platform/db.ts'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { asBuilt, dataFolder, startProgram } from '../test/program.ts'
import { startSmtpSink } from '../test/servers/smtp-sink.ts'
import { type Cost, costBetween, cpuSeconds, peakMegabytes, postmasterOf } from './processes.ts'
import { nowMicros, printHottest, profiled } from './profile.ts'
import { forgetStatements, prepareStatistics, printSlowest } from './statements.ts'

export type Measured = { seconds: number; cost: Cost }

export type Installation = AsyncDisposable & {
  api: Api
  db: Db
  sinkPort: number
  /** Runs `work` and answers what it took. Of all that is measured the last is what a profile shows. */
  measure(work: () => Promise<unknown>): Promise<Measured>
  /** Of all its processes but PostgreSQL. */
  peakMegabytes(): number
  /** One more process on the same database that does nothing but send. */
  addSender(): Promise<void>
}

/** `roles` are those of the first process; with `profile` the slowest statements and, when it ends, the hottest functions are printed. */
export async function openInstallation({ profile = false, roles = 'web,worker,sender' } = {}): Promise<Installation> {
  const closing: (() => PromiseLike<unknown>)[] = []
  const kept = <Resource extends AsyncDisposable>(resource: Resource): Resource => {
    closing.push(() => resource[Symbol.asyncDispose]())
    return resource
  }
  const close = async () => { while (closing.length > 0) await closing.pop()!() }
  try {
    return { ...await open(kept, { profile, roles }), [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

type Keep = <Resource extends AsyncDisposable>(resource: Resource) => Resource

async function open(kept: Keep, { profile, roles }: { profile: boolean; roles: string }): Promise<Omit<Installation, typeof Symbol.asyncDispose>> {
  const sink = kept(await startSmtpSink())
  const data = kept(await dataFolder())
  const profiles = profile ? kept(await profileFolder()) : null
  if (profile) await prepareStatistics(data.path)
  const start = (as: string) => startProgram(data.path, { TIDINGS_ROLES: as }, { program: profiles ? profiled(profiles.path, asBuilt) : asBuilt })
  const program = kept(await start(roles))
  const server = kept(await openEmbeddedPostgres(data.path))
  const db = openDb(server.url)
  kept({ [Symbol.asyncDispose]: () => db.destroy() })
  const servers = [program.child.pid!]
  const database = postmasterOf(data.path)
  const cost = () => cpuSeconds({ servers, database, sink: sink.pid })
  return {
    api: program.api, db, sinkPort: sink.port,
    async measure(work) {
      if (profiles) await forgetStatements(db)
      const [before, fromMicros] = [cost(), nowMicros()]
      await work()
      const [after, toMicros] = [cost(), nowMicros()]
      if (profiles) {
        profiles.window = { fromMicros, toMicros }
        await printSlowest(db)
      }
      return { seconds: (toMicros - fromMicros) / 1e6, cost: costBetween(before, after) }
    },
    peakMegabytes: () => peakMegabytes(servers, database),
    addSender: async () => { servers.push(kept(await start('sender')).child.pid!) },
  }
}

/** Closed after the programs that write into it have ended. */
async function profileFolder() {
  const path = await mkdtemp(join(tmpdir(), 'tidings-profile-'))
  return {
    path, window: { fromMicros: 0, toMicros: 0 },
    async [Symbol.asyncDispose]() {
      await printHottest(path, this.window)
      await rm(path, { recursive: true })
    },
  }
}
