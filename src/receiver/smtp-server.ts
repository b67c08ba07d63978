/**
 * The SMTP receiver of the bounce domain: takes what comes back to our own signed addresses and relays nothing. The final dot is answered
 * when the mail and what it means are committed, so whoever sent it may forget it then (RFC 5321 4.2.5).
 */
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { handOver } from '../mailbox/hand-over.ts'
import { optOutSign } from '../mailbox/signs.ts'
import { linkKeyPurpose } from '../message/recipient-links.ts'
import type { Ground } from '../platform/ground.ts'
import { mostConnections, peerLimits } from './peer-limits.ts'
import { isReturnAddress, isUnsubscribeAddress } from './recipients.ts'

export type Receiver = { port: number; close(): Promise<void> }
type ReceiverGround = Pick<Ground, 'db' | 'secrets' | 'clock' | 'log'>
type Reply = { code: number; text: string }

/** A report brings its mail back whole at worst; more is nobody's bounce. */
const mostBytes = 25 * 1024 * 1024
/** What a report has to say stands at its beginning; of a longer mail the rest is read and dropped. */
const keptBytes = 1_000_000
const mostRecipients = 100
/** RFC 5321 4.5.3.2.7: a server waits at least five minutes for the next command. */
const silenceMs = 300_000

/** `name` stands in the greeting. Throws EADDRINUSE. */
export async function openReceiver(ground: ReceiverGround, { host, port, name }: { host: string; port: number; name: string }): Promise<Receiver> {
  const { clock, log } = ground
  const limits = peerLimits(() => clock().getTime())
  const inside = new Set<string>()
  const server = new SMTPServer({
    name, disabledCommands: ['AUTH', 'STARTTLS'], authOptional: true, disableReverseLookup: true,
    size: mostBytes, maxClients: mostConnections, socketTimeout: silenceMs, closeTimeout: 1000,
    onConnect({ id, remoteAddress }, answer) {
      if (!limits.enter(remoteAddress)) return answer(refusal({ code: 421, text: '4.7.0 Too many connections from your address' }))
      inside.add(id)
      answer()
    },
    onClose({ id, remoteAddress }) { if (inside.delete(id)) limits.leave(remoteAddress) },
    onMailFrom(_address, { remoteAddress }, answer) {
      answer(limits.mayMail(remoteAddress) ? null : refusal({ code: 450, text: '4.7.0 Too many messages in a minute, come again later' }))
    },
    onRcptTo({ address }, session, answer) { replyToRecipient(ground, session, address).then((reply) => answer(reply && refusal(reply))) },
    onData(stream, session, answer) {
      keep(stream, (content) => replyToMail(ground, session, content, stream.sizeExceeded).then((reply) => answer(reply && refusal(reply), '2.0.0 Taken')))
    },
  })
  server.on('error', (error) => log.debug({ error: error.message }, 'a connection to the SMTP receiver broke'))
  await listening(server, host, port)
  return { port: (server.server.address() as { port: number }).port, close: () => new Promise((resolve) => { server.close(resolve) }) }
}

const refusal = ({ code, text }: Reply) => Object.assign(new Error(text), { responseCode: code })

/** The mail of a connection that breaks before the final dot never ends: nobody counts it as taken. */
function keep(stream: SMTPServerDataStream, done: (content: Buffer) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    if (length < keptBytes) chunks.push(chunk)
    length += chunk.length
  })
  stream.on('error', () => {})
  stream.on('end', () => done(Buffer.concat(chunks).subarray(0, keptBytes)))
}

/** Null: taken. */
const replyToRecipient = (ground: ReceiverGround, { envelope }: SMTPServerSession, address: string): Promise<Reply | null> => orLater(ground, async () => {
  if (envelope.rcptTo.length >= mostRecipients) return { code: 452, text: '4.5.3 Too many recipients' }
  const isOurs = isReturnAddress(ground.secrets, address) || await isUnsubscribeAddress(ground.db, address)
  return isOurs ? null : { code: 550, text: '5.7.1 Relaying denied: this server takes only what comes back to its own mail' }
})

const replyToMail = (ground: ReceiverGround, { envelope }: SMTPServerSession, content: Buffer, tooBig: boolean): Promise<Reply | null> => orLater(ground, async () => {
  const { secrets, clock } = ground
  if (tooBig) return { code: 552, text: '5.3.4 Message too big' }
  const comesBack = envelope.rcptTo.some(({ address }) => isReturnAddress(secrets, address))
  if (!comesBack && !optOutSign(secrets.keys(linkKeyPurpose), content)) return { code: 550, text: '5.7.1 Nobody reads mail here but requests to unsubscribe' }
  await handOver(ground, { door: { door: 'smtp' }, raws: [traced(envelope, content)], now: clock(), done: async () => {} })
  return null
})

/** The sender keeps what we could not write down (RFC 5321 4.2.1) and comes again. */
const orLater = (ground: ReceiverGround, work: () => Promise<Reply | null>): Promise<Reply | null> => work().catch((error: Error) => {
  ground.log.error({ error: error.message, stack: error.stack }, 'the SMTP receiver could not write a mail down')
  return { code: 451, text: '4.3.0 Not possible at the moment, come again later' }
})

/** As a mailbox would keep it (RFC 5321 4.4): the signed address of the envelope stands in the mail. */
function traced({ mailFrom, rcptTo }: SMTPServerSession['envelope'], content: Buffer): Buffer {
  const from = mailFrom ? mailFrom.address : ''
  const trace = [`Return-Path: <${from}>`, ...rcptTo.map(({ address }) => `Delivered-To: ${address}`), '']
  return Buffer.concat([Buffer.from(trace.join('\r\n')), content])
}

const listening = (server: SMTPServer, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, host, () => { server.server.off('error', reject); resolve() })
  })
