/** Every answer of the mail server takes its time, some take long. */
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const usualMs = 20
const longMs = 3_000
const longOnceIn = 400

export const slowReplies: Scenario = {
  name: 'slow-replies',
  promise: 'a server that takes up to three seconds for an answer gets each message once',
  async run(place) {
    await using installation = await Installation.start(place, { connections: 20 })
    installation.server.behave = () => ({ afterMs: Math.random() < 1 / longOnceIn ? longMs : Math.random() * usualMs })
    const massEmail = await send(installation.api, { recipients: 2_000 })
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
