/** `tidings migrate`: brings the database to this version's schema. `start` does the same; this is for doing it beforehand. */
import { openDatabaseServer } from '../platform/database-server.ts'
import { migrate } from '../platform/migrate.ts'
import { environmentOrWrongUsage } from './installation.ts'
import { command, shows } from './outcome.ts'

export const migrateCommand = () => command('migrate', 'bring the database to the schema of this version (start does so too)')
  .action(shows(async () => {
    const server = await openDatabaseServer(environmentOrWrongUsage())
    try {
      const ran = await migrate(server.url)
      return { text: ran.length === 0 ? 'The schema is up to date.' : `Ran ${ran.join(', ')}.`, data: { ran } }
    } finally {
      await server.close()
    }
  }))
