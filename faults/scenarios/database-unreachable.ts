/** The way to PostgreSQL is cut, then the network swallows everything for longer than a lease. */
import { setTimeout as wait } from 'node:timers/promises'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const cutMs = 3_000
/** Longer than a lease. */
const heldMs = 8_000

export const databaseUnreachable: Scenario = {
  name: 'database-unreachable',
  promise: 'a database out of reach for seconds, or silent for longer than a lease, costs nobody the mail, and sending goes on by itself',
  quick: true,
  async run(place) {
    await using installation = await Installation.start(place)
    const { proxy } = installation
    const massEmail = await send(installation.api, { recipients: 4_000 })
    await installation.journal.received(500)
    proxy.cut()
    await wait(cutMs)
    proxy.restore()
    await installation.recovers()
    await installation.journal.received(1_500)
    // Once the lease is over it is as if the sender had been killed.
    installation.allowed += 2 * installation.connections
    proxy.hold()
    await wait(heldMs)
    proxy.restore()
    await installation.recovers()
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
