/** kill -9 of the sender at the very moment at which a conversation has come to a given point. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Reaction, Stage } from '../conversation.ts'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

type Point = { at: Stage; reaction?: Reaction; /** The database hangs from that moment on: nothing of the answer can be written down. */ held?: true }

const points: Point[] = [
  { at: 'connect' }, { at: 'ehlo' }, { at: 'mail' }, { at: 'rcpt' }, { at: 'data' },
  { at: 'dot', reaction: { take: false, afterwards: 'hang up' } }, { at: 'dot' }, { at: 'dot', held: true },
]

/** By then the sender has heard the answer. */
const answeredMs = 200

export const killAtPoints: Scenario = {
  name: 'kill-at-points',
  promise: 'a sender killed at the greeting, EHLO, MAIL, RCPT, DATA, before and after the answer to the dot, and with the answer not yet written down, loses nobody',
  quick: true,
  async run(place) {
    await using installation = await Installation.start(place)
    const massEmail = await send(installation.api, { recipients: 4_000 })
    for (const [index, point] of points.entries()) {
      await installation.journal.received(300 * index)
      await killAt(installation, point)
      await installation.startSender()
      await installation.recovers()
    }
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}

async function killAt(installation: Installation, { at, reaction, held }: Point): Promise<void> {
  const { server, proxy } = installation
  // Connections are kept: to see one being made, those that are must go.
  if (at === 'connect' || at === 'ehlo') installation.dropConnections()
  await server.atNext(({ stage }) => stage === at, async () => {
    if (held) return proxy.hold()
    await installation.killSender()
    return reaction
  })
  if (!held) return
  await wait(answeredMs)
  await installation.killSender()
  proxy.restore()
}
