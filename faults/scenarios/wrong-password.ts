/** The password is refused in the middle of a mass email, and accepted again later. */
import { setTimeout as wait } from 'node:timers/promises'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const refusedMs = 3_000

export const wrongPassword: Scenario = {
  name: 'wrong-password',
  promise: 'a password that is suddenly refused fails nobody; once it is right again, sending goes on by itself',
  async run(place) {
    const password = 'a password of the mail server'
    await using installation = await Installation.start(place, { settings: { systemSmtp: { username: 'letters', password } } })
    const { server } = installation
    server.asksForPassword = true
    const massEmail = await send(installation.api, { recipients: 3_000 })
    await installation.journal.received(1_000)
    server.behave = ({ stage }) => stage === 'auth' ? { say: '535 5.7.8 wrong user name or password' } : undefined
    installation.dropConnections()
    await wait(refusedMs)
    server.behave = () => undefined
    await installation.recovers()
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
