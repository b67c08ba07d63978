/** Two to four senders on one mass email, some stopped and others started while it runs. */
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

export const sendersComeAndGo: Scenario = {
  name: 'senders-come-and-go',
  promise: 'two to four senders on one mass email, started and stopped meanwhile, mail nobody twice',
  async run(place) {
    await using installation = await Installation.start(place, { senders: 2 })
    const massEmail = await send(installation.api, { recipients: 8_000 })
    const changes = [() => installation.startSender(), () => installation.startSender(), () => installation.stopSender(), () => installation.stopSender(), () => installation.startSender()]
    for (const [index, change] of changes.entries()) {
      await installation.journal.received((index + 1) * 1_000)
      await change()
    }
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  },
}
