/** 421 at every stage of the conversation, one after the other. */
import type { Stage } from '../conversation.ts'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const stages: Stage[] = ['connect', 'ehlo', 'mail', 'rcpt', 'data', 'dot']
/** So many in a row. */
const refusals = 5

export const smtp421: Scenario = {
  name: 'smtp-421',
  promise: 'a server that says 421 at the greeting, EHLO, MAIL, RCPT, DATA or after the dot fails nobody and gets nothing twice',
  quick: true,
  async run(place) {
    await using installation = await Installation.start(place)
    const { server } = installation
    const massEmail = await send(installation.api, { recipients: 2_000 })
    for (const [index, stage] of stages.entries()) {
      await installation.journal.received(index * 250)
      let left = refusals
      if (stage === 'connect' || stage === 'ehlo') installation.dropConnections()
      server.behave = (moment) => moment.stage === stage && left-- > 0 ? { say: '421 4.3.2 closing', afterwards: 'hang up' } : undefined
      await installation.recovers()
    }
    await untilComplete(installation.api, massEmail, () => installation.hurry(massEmail))
    return await measure(installation, [massEmail])
  },
}
