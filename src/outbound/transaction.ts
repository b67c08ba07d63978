/** One message through an open session: MAIL, RCPT, DATA, content, dot (RFC 5321 3.3), pipelined when offered (RFC 2920). */
import { dotStuffed } from './dot-stuffing.ts'
import type { Envelope } from './envelope.ts'
import { type Outcome, outcomeOf, silence, type Stage, without } from './outcome.ts'
import type { Reply } from './reply.ts'
import type { Session } from './session.ts'

/** Asked after 354 and before a byte of content: may this message still leave? `false` withholds it. */
export type BeforeFinalDot = () => boolean | Promise<boolean>

/** Asked when the content is about to leave: the message that this connection carries next, if there is one. */
export type Following = () => Envelope | null

/**
 * Carries one message. Afterwards the session is ready for the next, or its wire is closed. Where commands may be pipelined, those of
 * the following message leave together with this one's content (RFC 2920 3.1 allows it), which saves each message a round trip;
 * the caller then has to carry that one next on this session.
 */
export async function carry(session: Session, envelope: Envelope, beforeFinalDot: BeforeFinalDot, following: Following = () => null): Promise<Outcome> {
  const isIntroduced = session.introduced === envelope
  session.introduced = null
  const impossible = isIntroduced ? null : whyImpossible(session, envelope)
  if (impossible) return impossible
  session.carried++
  const refusal = await introduce(session, envelope, isIntroduced)
  if (refusal) return refusal
  if (!(await beforeFinalDot())) {
    // After 354 there is no way back but hanging up: the server throws away what has no dot.
    session.wire.close()
    return without('withheld', 'data', 'withheld before the final dot')
  }
  return deliver(session, envelope.content, following)
}

function whyImpossible({ extensions }: Session, envelope: Envelope): Outcome | null {
  const { from, to, content, eightBit } = envelope
  if (isUnsafe(from) || isUnsafe(to)) return without('failed', 'rcpt', 'addressUnsafe')
  if (needsUtf8(envelope) && !extensions.has('SMTPUTF8')) return without('failed', 'rcpt', 'smtputf8NotOffered')
  if (eightBit && !extensions.has('8BITMIME')) return without('failed', 'mail', 'eightBitMimeNotOffered')
  const limit = Number(extensions.get('SIZE') ?? 0)
  if (limit > 0 && content.length > limit) return without('failed', 'mail', `size: the server takes at most ${limit} bytes, the message has ${content.length}`)
  return null
}

// A line break or an angle bracket in an address would start a command of its own.
const isUnsafe = (address: string) => /[\p{Cc}<>\u2028\u2029]/u.test(address)
const needsUtf8 = ({ from, to, utf8Header }: Envelope) => utf8Header === true || /[^\p{ASCII}]/u.test(from) || /[^\p{ASCII}]/u.test(to)

type Command = readonly [Stage, string]

const commandsFor = (session: Session, envelope: Envelope): Command[] =>
  [['mail', mailCommand(session, envelope)], ['rcpt', `RCPT TO:<${envelope.to}>\r\n`], ['data', 'DATA\r\n']]

const together = (commands: readonly Command[]): string => commands.map(([, command]) => command).join('')

/** MAIL, RCPT, DATA, unless they have left already. Null when the server said 354 and waits for the content. */
async function introduce(session: Session, envelope: Envelope, haveLeft: boolean): Promise<Outcome | null> {
  const { wire, deadlines } = session
  const commands = commandsFor(session, envelope)
  const pipelined = isPipelining(session)
  if (pipelined && !haveLeft) wire.write(together(commands))
  for (const [index, [stage, command]] of commands.entries()) {
    if (!pipelined) wire.write(command)
    let reply: Reply
    try {
      reply = await wire.reply(deadlines[stage])
    } catch (error) {
      return silence(stage, error)
    }
    if (!isAccepted(stage, reply)) return refused(session, outcomeOf(stage, reply), pipelined ? commands.length - 1 - index : 0)
  }
  return null
}

const isPipelining = ({ extensions }: Session): boolean => extensions.has('PIPELINING')

/** The commands of the following message, to leave with the content of this one; empty when there is none or it cannot go this way. */
function introductionOf(session: Session, following: Following): string {
  const next = isPipelining(session) ? following() : null
  if (!next || whyImpossible(session, next)) return ''
  session.introduced = next
  return together(commandsFor(session, next))
}

function mailCommand({ extensions }: Session, envelope: Envelope): string {
  const { from, content, eightBit } = envelope
  const size = extensions.has('SIZE') ? ` SIZE=${content.length}` : ''
  const body = eightBit ? ' BODY=8BITMIME' : ''
  const utf8 = needsUtf8(envelope) ? ' SMTPUTF8' : ''
  // RFC 3461 4.3: a bounce brings back our header, by which it is known again, and not the whole letter.
  const returned = extensions.has('DSN') ? ' RET=HDRS' : ''
  return `MAIL FROM:<${from}>${size}${body}${utf8}${returned}\r\n`
}

function isAccepted(stage: Stage, { code }: Reply): boolean {
  return stage === 'data' ? code === 354 : code >= 200 && code < 300
}

/** After a refusal: read the answers still under way and reset, or hang up where the state of the server is in doubt. */
async function refused(session: Session, outcome: Outcome, underWay: number): Promise<Outcome> {
  const { wire, deadlines } = session
  try {
    let last: Reply | null = null
    for (let i = 0; i < underWay; i++) last = await wire.reply(deadlines.data)
    // 421 is a farewell (RFC 5321 3.8). 354 without a recipient wants a dot that nobody should write (RFC 2920 3.1).
    if (outcome.code === 421 || last?.code === 421 || last?.code === 354) wire.close()
    else await reset(session)
  } catch {
    wire.close()
  }
  return outcome
}

async function reset({ wire, deadlines }: Session) {
  wire.write('RSET\r\n')
  const reply = await wire.reply(deadlines.mail)
  if (reply.code !== 250) wire.close()
}

/** From the first byte written here on, silence means: nobody knows. */
async function deliver(session: Session, content: Buffer, following: Following): Promise<Outcome> {
  const { wire, deadlines } = session
  // A connection that was lost while the mark was made never saw a byte of it.
  if (!wire.isOpen) return silence('data', new Error('The connection was lost before the message was written.'))
  const dot = endsInLineBreak(content) ? '.\r\n' : '\r\n.\r\n'
  wire.writeTogether(dotStuffed(content), dot + introductionOf(session, following))
  try {
    const reply = await wire.reply(deadlines.dot)
    if (reply.code === 421) wire.close()
    return outcomeOf('dot', reply)
  } catch (error) {
    return silence('dot', error)
  }
}

const endsInLineBreak = (content: Buffer) => content.length >= 2 && content[content.length - 1] === 10 && content[content.length - 2] === 13
