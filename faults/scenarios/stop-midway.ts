/** SIGTERM in the middle of the work, several times. */
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const stops = 6

export const stopMidway: Scenario = {
  name: 'stop-midway',
  promise: `a sender stopped ${stops} times in the middle of its work mails nobody twice and leaves nothing Uncertain`,
  quick: true,
  async run(place) {
    await using installation = await Installation.start(place)
    const massEmail = await send(installation.api, { recipients: 4_000 })
    for (let stop = 1; stop <= stops; stop++) {
      await installation.journal.received(stop * 500)
      await installation.stopSender()
      await installation.startSender()
      await installation.recovers()
    }
    await untilComplete(installation.api, massEmail)
    const measured = await measure(installation, [massEmail])
    return measured.uncertain === 0 ? measured : { ...measured, broken: [...measured.broken, `${measured.uncertain} became Uncertain, though the server had answered.`] }
  },
}
