/** Replies that never come to their last line, at every stage. */
import type { Stage } from '../conversation.ts'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const stages: Stage[] = ['connect', 'ehlo', 'mail', 'rcpt', 'data', 'dot']

export const endlessReplies: Scenario = {
  name: 'endless-replies',
  promise: 'a server whose reply never ends is left, at any stage; only the one whose dot was answered so is Uncertain',
  async run(place) {
    await using installation = await Installation.start(place)
    const { server } = installation
    const massEmail = await send(installation.api, { recipients: 2_000 })
    for (const [index, stage] of stages.entries()) {
      await installation.journal.received(index * 250)
      if (stage === 'connect' || stage === 'ehlo') installation.dropConnections()
      if (stage === 'dot') installation.allowed++
      await server.atNext((moment) => moment.stage === stage, () => ({ afterwards: 'talk without end' }))
      await installation.recovers()
    }
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
