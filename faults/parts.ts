/** What an installation is made of before its first program runs: a data folder, a database, the way to it, a mail server. */
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../test/servers/place.ts'
import { type Database, urlIn } from './database.ts'
import { MailServer } from './mail-server.ts'
import { TcpProxy } from './tcp-proxy.ts'

export type InstallationOptions = {
  senders?: number
  connections?: number
  maxPerHour?: number | null
  /** Of Administration > Outbound Emails. */
  settings?: object
  environment?: Record<string, string>
  /** One process with everything and a database in its data folder, as most people run it. */
  ownDatabase?: true
}

export type Parts = {
  dataFolder: string
  proxy: TcpProxy
  server: MailServer
  environment: Record<string, string>
  databaseUrl(): string
  /** Nothing of it is needed any more. */
  forget(): Promise<void>
}

/** Where a scenario finds what it needs: a folder that goes with it, and the database server. */
export type Place = { folder: string; database: Database }

export async function makeParts({ folder, database }: Place, { environment: more, ownDatabase }: InstallationOptions): Promise<Parts> {
  const name = `faults_${randomBytes(6).toString('hex')}`
  const dataFolder = join(folder, name)
  await mkdir(dataFolder)
  const [proxy, server, port] = [await TcpProxy.start(database.port), await MailServer.start(folder, name), await freePort()]
  const environment = { TIDINGS_PORT: String(port), TIDINGS_SITE_URL: `http://127.0.0.1:${port}`, ...more }
  const parts = { dataFolder, proxy, server, environment }
  if (ownDatabase) return { ...parts, databaseUrl: () => urlIn(dataFolder), forget: async () => {} }
  await database.create(name)
  return {
    ...parts, environment: { ...environment, DATABASE_URL: database.urlOf(name, proxy.port) },
    databaseUrl: () => database.urlOf(name), forget: () => database.drop(name),
  }
}
