/** kill -9 of the process that freezes the audience, at random moments of it. */
import { setTimeout as wait } from 'node:timers/promises'
import { Installation } from '../installation.ts'
import { prepare, runJob, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const kills = 5
/** Freezing this many takes about so long. */
const recipients = 8_000
const freezeMs = 400

export const killWhileFreezing: Scenario = {
  name: 'kill-while-freezing',
  promise: `the process that freezes an audience, killed ${kills} times at it, leaves all of the audience or nothing`,
  async run(place) {
    await using installation = await Installation.start(place)
    const massEmail = await prepare(installation.api, { recipients })
    await installation.api.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })
    for (let kill = 0; kill < kills; kill++) {
      await runJob(installation.api).catch(() => {})
      await wait(Math.random() * freezeMs)
      await installation.replaceWeb()
      const [row] = await installation.query<{ count: number }>('select count(*)::int as count from delivery')
      if (row!.count !== 0 && row!.count !== recipients) installation.found.push(`${row!.count} of ${recipients} deliveries were there after a kill.`)
    }
    await runJob(installation.api)
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
