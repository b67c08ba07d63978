/** STARTTLS in the middle of a mass email: first the certificate is past its time, then somebody strips STARTTLS from what the server offers. */
import { setTimeout as wait } from 'node:timers/promises'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'
import { expiredCertificate, goodCertificate, trustingEnvironment } from '../tls.ts'

const lostMs = 3_000

export const tlsLost: Scenario = {
  name: 'tls-lost',
  promise: 'neither an expired certificate nor a stripped STARTTLS makes a message leave in the clear; with the right one again, sending goes on by itself',
  async run(place) {
    await using installation = await Installation.start(place, { environment: trustingEnvironment, settings: { systemSmtp: { security: 'starttls' } } })
    const { server } = installation
    server.secureContext = goodCertificate()
    const massEmail = await send(installation.api, { recipients: 3_000 })
    for (const [count, context] of [[800, expiredCertificate()], [1_600, undefined]] as const) {
      await installation.journal.received(count)
      server.secureContext = context
      installation.dropConnections()
      const before = installation.journal.entries.length
      await wait(lostMs)
      if (installation.journal.entries.length > before) installation.found.push('Messages left without a verified connection.')
      server.secureContext = goodCertificate()
      await installation.recovers()
    }
    await untilComplete(installation.api, massEmail)
    if (installation.journal.entries.some(({ encrypted }) => !encrypted)) installation.found.push('Messages left in the clear.')
    return await measure(installation, [massEmail])
  },
}
