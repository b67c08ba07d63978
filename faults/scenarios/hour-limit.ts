/** The hour's limit under two senders, a kill, a stop and new starts. */
import { setTimeout as wait } from 'node:timers/promises'
import { Installation } from '../installation.ts'
import { runJob, send } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const maxPerHour = 500
/** Long enough that whatever would leave too much has left. */
const quietMs = 8_000

export const hourLimit: Scenario = {
  name: 'hour-limit',
  promise: `at most ${maxPerHour} leave in any hour, with two senders, one killed, one stopped, others started`,
  quick: true,
  async run(place) {
    await using installation = await Installation.start(place, { senders: 2, maxPerHour })
    const { api, journal } = installation
    const massEmail = await send(api, { recipients: 2_000 })
    await journal.received(100)
    await installation.killSender()
    await installation.startSender()
    await runJob(api)
    await journal.received(250)
    await installation.stopSender()
    await installation.startSender()
    await installation.killSender()
    await installation.startSender()
    for (let run = 0; run < 4; run++) {
      await runJob(api)
      await wait(quietMs / 4)
    }
    return await measure(installation, [{ ...massEmail, expected: { pending: 'some' } }], `${journal.entries.length} left`)
  },
}
