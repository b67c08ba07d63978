/** A server that takes fewer connections than it is offered, by refusing them or by hanging up. */
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const cap = 4

export const connectionCap: Scenario = {
  name: 'connection-cap',
  promise: `a server that takes ${cap} connections of 20 gets each message once, without a failure`,
  async run(place) {
    await using installation = await Installation.start(place, { connections: 20, senders: 2 })
    const { server } = installation
    server.behave = ({ stage, connection }) => {
      if (stage !== 'connect' || server.connectionsOpen <= cap) return undefined
      return { say: connection % 2 === 0 ? '421 4.7.0 too many connections' : null, afterwards: 'hang up' }
    }
    const massEmail = await send(installation.api, { recipients: 3_000 })
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
