/** A server that knows nobody at first: each recipient is turned away once and welcome a minute later. */
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

export const greylisting: Scenario = {
  name: 'greylisting',
  promise: 'a server that turns each recipient away at the first try gets each message at the next one, once',
  async run(place) {
    await using installation = await Installation.start(place)
    const known = new Set<string>()
    installation.server.behave = ({ stage, argument }) => {
      if (stage !== 'rcpt' || known.has(argument)) return undefined
      known.add(argument)
      return { say: '451 4.7.1 greylisted, come back later' }
    }
    const massEmail = await send(installation.api, { recipients: 1_000 })
    await untilComplete(installation.api, massEmail, () => installation.hurry(massEmail))
    return await measure(installation, [massEmail])
  },
}
