/** Where the database is: an outside server when DATABASE_URL names one, else the embedded one of the data folder. */
import { openEmbeddedPostgres } from './embedded-postgres.ts'

export type DatabaseServer = {
  url: string
  /** Leaves an outside server alone; the embedded one stops with its last user. */
  close(): Promise<void>
}

export async function openDatabaseServer(
  { databaseUrl, dataDir }: { databaseUrl: string | undefined; dataDir: string }, log?: (line: string) => void,
): Promise<DatabaseServer> {
  if (databaseUrl) return { url: databaseUrl, close: async () => {} }
  return openEmbeddedPostgres(dataDir, { lookedAfter: true, ...(log && { log }) })
}
