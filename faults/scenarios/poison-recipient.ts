/** One recipient at whose name the server hangs up, refuses or dawdles, every time. The others must hardly notice. */
import type { Reaction } from '../conversation.ts'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { perMessageMs, secondsFor, slowdownPercent } from '../pace.ts'
import { measure, type Scenario } from '../scenario.ts'

/** Each turn meets the next bad recipient with its first message. */
const turnsOf = 1_000
const mostPercent = 10

/** In the order of the turns, each timed beside a turn without. */
const ways: Reaction[] = [
  { say: '550 5.1.1 no such user here' },
  { say: '451 4.3.0 not now' },
  { say: '550 5.7.1 go away', afterMs: 2_000 },
]

export const poisonRecipient: Scenario = {
  name: 'poison-recipient',
  promise: `one recipient whom the server refuses, defers or is slow to refuse slows the others by ${mostPercent} % at most`,
  async run(place) {
    await using installation = await Installation.start(place, { connections: 20 })
    const { api, server } = installation
    const bad = new Map<string, Reaction>()
    let next: Reaction | undefined
    server.behave = ({ stage, recipient }) => {
      if (stage === 'dot') return { afterMs: perMessageMs }
      if (stage !== 'rcpt') return undefined
      if (next) bad.set(recipient, next)
      next = undefined
      return bad.get(recipient)
    }
    const massEmail = await send(api, { recipients: 2 * ways.length * turnsOf + 400 })
    await server.journal.received(200)
    const timed: { alone: number; beside: number }[] = []
    for (const way of ways) {
      const alone = await secondsFor(server, turnsOf)
      next = way
      timed.push({ alone, beside: await secondsFor(server, turnsOf) })
    }
    const slowdown = slowdownPercent(timed)
    if (slowdown > mostPercent) installation.found.push(`A bad recipient slows the others by ${slowdown} %, ${mostPercent} % are allowed.`)
    const refused = new Set(bad.keys())
    bad.clear()
    await untilComplete(api, massEmail, () => installation.hurry(massEmail))
    return await measure(installation, [{ ...massEmail, expected: { failed: refused } }], `slower by ${slowdown} %`)
  },
}
