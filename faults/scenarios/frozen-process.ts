/** A sender stands still for longer than its lease (a suspended machine, a long swap) and wakes up after others took over. */
import { setTimeout as wait } from 'node:timers/promises'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

/** The lease is over after six. */
const standstillMs = 9_000

export const frozenProcess: Scenario = {
  name: 'frozen-process',
  promise: 'a sender that stands still for longer than its lease and wakes up after others took over loses nobody, and only what was on its wire may come twice',
  async run(place) {
    await using installation = await Installation.start(place, { senders: 2 })
    installation.server.behave = () => ({ afterMs: 5 })
    const massEmail = await send(installation.api, { recipients: 4_000 })
    const [frozen] = installation.senders
    await installation.journal.received(500)
    frozen!.child.kill('SIGSTOP')
    // What it had written to the wire by then may have arrived, as with a kill.
    installation.allowed += 2 * installation.connections
    await wait(standstillMs)
    frozen!.child.kill('SIGCONT')
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
