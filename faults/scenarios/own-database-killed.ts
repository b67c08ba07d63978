/** As most people run it, one process with the database in its data folder; the database is killed, and nobody but the program looks after it. */
import { killServerIn } from '../database.ts'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

export const ownDatabaseKilled: Scenario = {
  name: 'own-database-killed',
  promise: 'the program starts the database in its data folder again when that is killed, and sending goes on by itself',
  async run(place) {
    await using installation = await Installation.start(place, { ownDatabase: true })
    const massEmail = await send(installation.api, { recipients: 4_000 })
    for (const count of [1_000, 2_500]) {
      await installation.journal.received(count)
      await killServerIn(installation.dataFolder)
      await installation.recovers()
    }
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
