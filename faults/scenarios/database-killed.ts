/** kill -9 of PostgreSQL in the middle of the work: first one of its processes, which makes it recover, then the whole server. */
import { setTimeout as wait } from 'node:timers/promises'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const downMs = 2_000

export const databaseKilled: Scenario = {
  name: 'database-killed',
  promise: 'PostgreSQL killed and started again: nobody is lost, nobody is mailed twice, and sending goes on by itself',
  async run(place) {
    await using installation = await Installation.start(place)
    const massEmail = await send(installation.api, { recipients: 4_000 })
    await installation.journal.received(800)
    await place.database.killOneProcess()
    await installation.databaseAnswers()
    await installation.recovers()
    for (const count of [1_600, 2_400]) {
      await installation.journal.received(count)
      await place.database.kill()
      await wait(downMs)
      await place.database.restart()
      installation.proxy.target = place.database.port
      await installation.recovers()
    }
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
