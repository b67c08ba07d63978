/** One recipient at whose name the server hangs up, refuses or dawdles, every time. The others must hardly notice. */
import type { Reaction } from '../conversation.ts'
import { Installation } from '../installation.ts'
import type { MailServer } from '../mail-server.ts'
import { send, untilComplete } from '../mass-email.ts'
import { messagesOfATurn, perMessageMs, slowdownPercent, timeTurn, type Turn } from '../pace.ts'
import { measure, type Scenario } from '../scenario.ts'

const turnsEach = 2
const mostPercent = 10

/** At RCPT, every time that this recipient is named. */
const ways: Record<string, Reaction> = {
  refused: { say: '550 5.1.1 no such user here' },
  deferred: { say: '451 4.3.0 not now' },
  'slowly refused': { say: '550 5.7.1 go away', afterMs: 2_000 },
  'hung up on': { say: null, afterwards: 'hang up' },
}

export const poisonRecipient: Scenario = {
  name: 'poison-recipient',
  promise: `one recipient whom the server refuses, defers, is slow to refuse or always hangs up on slows the others by ${mostPercent} % at most`,
  async run(place) {
    await using installation = await Installation.start(place, { connections: 20 })
    const { api, server } = installation
    const trap = setTrap(server)
    const massEmail = await send(api, { recipients: 2 * turnsEach * Object.keys(ways).length * messagesOfATurn + 400 })
    await server.journal.received(200)
    const slowdowns: string[] = []
    for (const [name, way] of Object.entries(ways)) {
      const timed: Turn[] = []
      for (let turn = 0; turn < turnsEach; turn++) timed.push(await timeTurn(server, () => trap.set(way)).finally(trap.lift))
      const slowdown = slowdownPercent(timed)
      slowdowns.push(`${name} ${slowdown} %`)
      if (slowdown > mostPercent) installation.found.push(`A recipient who is ${name} slows the others by ${slowdown} %, ${mostPercent} % are allowed.`)
    }
    await untilComplete(api, massEmail, () => installation.hurry(massEmail))
    return await measure(installation, [{ ...massEmail, expected: { failed: trap.caught } }], `slower by: ${slowdowns.join(', ')}`)
  },
}

/** Whoever is named next is the bad one, until the trap is lifted. */
function setTrap(server: MailServer) {
  const caught = new Set<string>()
  let way: Reaction | undefined
  let bad = ''
  server.behave = ({ stage, recipient }) => {
    if (stage === 'dot') return { afterMs: perMessageMs }
    if (stage !== 'rcpt' || !way) return undefined
    caught.add(bad ||= recipient)
    return recipient === bad ? way : undefined
  }
  return {
    caught,
    set: (next: Reaction) => { way = next },
    lift: () => { way = undefined; bad = '' },
  }
}
