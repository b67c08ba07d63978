/** The connection breaks after the dot, sometimes after the message was taken, sometimes before. */
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const everyNth = 100

export const lostAfterDot: Scenario = {
  name: 'lost-after-dot',
  promise: `a connection lost after the dot, every ${everyNth}th time, makes that delivery Uncertain; it is sent again with the same Message-ID, and nobody is lost`,
  async run(place) {
    await using installation = await Installation.start(place)
    let dots = 0
    installation.server.behave = ({ stage }) => {
      if (stage !== 'dot' || ++dots % everyNth !== 0) return undefined
      const take = dots % (2 * everyNth) === 0
      // The one thing that nobody can know: it is allowed to come again.
      if (take) installation.allowed++
      return { say: null, take, afterwards: 'hang up' }
    }
    const massEmail = await send(installation.api, { recipients: 3_000 })
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
