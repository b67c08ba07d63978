/** An SMTP server that writes down to whom it said 250 after the final dot: what left the house, whoever remembers it. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type CountingServer = AsyncDisposable & {
  port: number
  /** One entry a message: who got it, and its Message-ID. */
  journal: { recipient: string; messageId: string }[]
  /** Resolves when that many messages have arrived. */
  received(count: number): Promise<void>
}

export async function startCountingServer(): Promise<CountingServer> {
  const journal: CountingServer['journal'] = []
  const waiting: { count: number; go: () => void }[] = []
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, maxClients: 1_000,
    onData(stream, session, callback) {
      let head = ''
      stream.on('data', (chunk: Buffer) => { if (head.length < 8_000) head += chunk.toString('latin1') })
      stream.on('end', () => {
        const messageId = /^Message-ID:\s*(\S+)/im.exec(head)?.[1] ?? ''
        journal.push(...session.envelope.rcptTo.map(({ address }) => ({ recipient: address, messageId })))
        for (const { count, go } of waiting) if (journal.length >= count) go()
        callback()
      })
    },
  })
  // A client that is killed in the middle of a message is part of the test.
  server.on('error', () => {})
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port, journal,
    received: (count) => new Promise((resolve) => journal.length >= count ? resolve() : waiting.push({ count, go: resolve })),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  }
}
