/**
 * The Sandbox's mail server: on loopback, without sign-in or TLS, takes any mail and keeps it. The final dot is answered when the mail
 * is committed, so what a sender counts as Sent is in the inbox.
 */
import { createConnection } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { Db } from '../platform/db.ts'
import { groupCommit } from '../platform/group-commit.ts'
import type { Log } from '../platform/log.ts'
import { replyTo } from './envelope.ts'
import { type Captured, captureMessages } from './messages.ts'

export const sandboxHost = '127.0.0.1'

export type SandboxServer = { port: number; close(): Promise<void> }

/** Listens on `port` (0: any free one). `name` stands in the greeting, so that processes of one installation know each other. Throws EADDRINUSE. */
export async function openSandboxServer(db: Db, { port, name, log }: { port: number; name: string; log: Log }): Promise<SandboxServer> {
  const captures = groupCommit(async (mails: Captured[][]) => { await captureMessages(db, mails.flat()); return mails }, 200)
  const keep = (mails: Captured[]) => captures.add(mails).then(() => null, (error: Error) => {
    log.error({ error: error.message }, 'the Sandbox could not keep a mail')
    return smtpError(451, '4.3.0 The Sandbox cannot reach its database')
  })
  const server = new SMTPServer({
    name: 'sandbox.localhost', banner: name, disabledCommands: ['AUTH', 'STARTTLS'], authOptional: true,
    disableReverseLookup: true, closeTimeout: 1000, socketTimeout: 300_000,
    onRcptTo(address, _session, answer) {
      const refusal = replyTo(address.address)
      answer(refusal ? smtpError(refusal.code, refusal.text) : null)
    },
    onData(stream, session, answer) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => { keep(forEachRecipient(session, Buffer.concat(chunks))).then((error) => answer(error, '2.0.0 Captured')) })
    },
  })
  server.on('error', (error) => log.debug({ error: error.message }, 'a connection to the Sandbox broke'))
  await listening(server, port)
  return {
    port: (server.server.address() as { port: number }).port,
    close: () => new Promise((resolve) => { server.close(resolve) }),
  }
}

const smtpError = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })

const forEachRecipient = ({ envelope }: SMTPServerSession, raw: Buffer): Captured[] =>
  envelope.rcptTo.map(({ address }) => ({ envelopeFrom: envelope.mailFrom ? envelope.mailFrom.address : '', envelopeTo: address, raw }))

const listening = (server: SMTPServer, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, sandboxHost, () => { server.server.off('error', reject); resolve() })
  })

/** Whether a Sandbox of one of these names answers on this port: another process of the same installation. */
export function answersAsSandbox(port: number, names: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: sandboxHost, port, timeout: 2000 })
    const end = (answer: boolean) => { socket.destroy(); resolve(answer) }
    socket.once('data', (greeting) => end(names.some((name) => greeting.toString().includes(` ${name}`))))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
    socket.once('close', () => end(false))
  })
}
