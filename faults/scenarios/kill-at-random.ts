/** kill -9 of the sender, twenty times, whatever it is doing. */
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const recipients = 20_000
const kills = 20

export const killAtRandom: Scenario = {
  name: 'kill-at-random',
  promise: `a sender killed ${kills} times in ${recipients.toLocaleString('en')} deliveries loses nobody, and names whom it may have mailed twice`,
  async run(place) {
    await using installation = await Installation.start(place)
    const massEmail = await send(installation.api, { recipients })
    const share = recipients / (kills + 1)
    for (let kill = 0; kill < kills; kill++) {
      await installation.journal.received(Math.floor((kill + Math.random()) * share))
      await installation.killSender()
      await installation.startSender()
      await installation.recovers()
    }
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
