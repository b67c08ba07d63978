/** What a command works on: the installation that the environment describes, whether a server runs on it or not. */
import { followDatabaseClock, type Clock } from '../platform/clock.ts'
import { readEnvironment, type Environment } from '../platform/environment.ts'
import { openDatabaseServer } from '../platform/database-server.ts'
import { openDb, type Db } from '../platform/db.ts'
import { migrate } from '../platform/migrate.ts'
import { invalid } from '../platform/errors.ts'
import { refreshEntityTypes } from '../records/entity-types.ts'

export type Installation = { environment: Environment; db: Db; clock: Clock }

/** Attaches to the database, or starts it for as long as `work` takes; its schema is up to date then. */
export async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const environment = environmentOrWrongUsage()
  const server = await openDatabaseServer(environment)
  try {
    await migrate(server.url)
    const db = openDb(server.url, { max: 4, name: 'tidings command' })
    await refreshEntityTypes(db)
    const { clock, close } = await followDatabaseClock(db)
    try {
      return await work({ environment, db, clock })
    } finally {
      close()
      await db.destroy()
    }
  } finally {
    await server.close()
  }
}

/** A wrong variable is wrong usage, like a wrong option. */
export function environmentOrWrongUsage(variables: NodeJS.ProcessEnv = process.env): Environment {
  try {
    return readEnvironment(variables)
  } catch (error) {
    throw invalid([{ path: '', message: (error as Error).message }])
  }
}
