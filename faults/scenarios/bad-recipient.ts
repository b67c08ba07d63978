/** One mailbox that does not exist among ten thousand. */
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { readers } from '../letter.ts'
import { measure, type Scenario } from '../scenario.ts'

const recipients = 10_000

export const badRecipient: Scenario = {
  name: 'bad-recipient',
  promise: 'of ten thousand, the one whose mailbox does not exist fails with the server’s words; all others get their mail',
  async run(place) {
    await using installation = await Installation.start(place)
    const gone = readers(recipients, 'one')[recipients / 2]!.emailAddress
    installation.server.behave = ({ stage, argument }) => stage === 'rcpt' && argument.includes(gone) ? { say: '550 5.1.1 no such user here' } : undefined
    const massEmail = await send(installation.api, { recipients })
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [{ ...massEmail, expected: { failed: new Set([gone]) } }])
  },
}
