/** A conversation opened and ready for mail: banner, EHLO, STARTTLS, AUTH (RFC 5321, 3207, 4954). What is said about one message is in transaction.ts. */
import type { TokenSource } from './access-token.ts'
import { type Deadlines, standardDeadlines } from './deadlines.ts'
import type { Envelope } from './envelope.ts'
import { type Outcome, outcomeOf, silence, type Stage, without } from './outcome.ts'
import { oneLine, type Reply, replyText } from './reply.ts'
import { Wire } from './wire.ts'

export type Security = 'none' | 'starttls' | 'tls'

/** A server and how to enter it. `ca` adds certificates of the company's own; `ehloName` is what we call ourselves. */
export type SmtpTarget = {
  host: string
  port: number
  security: Security
  username?: string | null
  password?: string | null
  /** XOAUTH2 with tokens from here instead of a password. */
  tokens?: TokenSource | null
  ca?: string | undefined
  ehloName: string
  deadlines?: Deadlines | undefined
}

/** Extensions the server offered, by upper-case keyword, with their parameters. Used only when offered. */
export type Extensions = ReadonlyMap<string, string>

export type Session = {
  wire: Wire
  extensions: Extensions
  /** Its last word as it let us in: to the sign-in, else its banner. */
  welcome: string
  deadlines: Deadlines
  /** Messages carried so far. */
  carried: number
  /** The message whose MAIL, RCPT and DATA left together with the content of the one before it. */
  introduced: Envelope | null
}

/** Thrown inside this file only, to leave the greeting from whatever depth; `openSession` turns it into a value. */
class Refused extends Error {
  readonly outcome: Outcome
  constructor(outcome: Outcome) {
    super(outcome.reply)
    this.outcome = outcome
  }
}

/** A session ready for MAIL, or why the account cannot be used now. */
export async function openSession(target: SmtpTarget): Promise<Session | Outcome> {
  const deadlines = target.deadlines ?? standardDeadlines
  let wire: Wire
  try {
    wire = await Wire.open(target, target.security === 'tls' ? 'tls' : 'plain', deadlines.connect)
  } catch (error) {
    return silence('connect', error)
  }
  try {
    return { wire, ...await enter(wire, target, deadlines), deadlines, carried: 0, introduced: null }
  } catch (error) {
    wire.close()
    if (error instanceof Refused) return error.outcome
    throw error
  }
}

/** RFC 5321 4.1.1.10: ask, wait for the answer, leave. A server that does not answer is left all the same. */
export async function quit(session: Session) {
  session.wire.write('QUIT\r\n')
  await session.wire.reply(quitDeadlineMs).catch(() => {})
  session.wire.close()
}

const quitDeadlineMs = 2_000

async function enter(wire: Wire, target: SmtpTarget, deadlines: Deadlines): Promise<Pick<Session, 'extensions' | 'welcome'>> {
  const banner = await expect(wire, 'banner', deadlines.banner, 220)
  let extensions = await hello(wire, target, deadlines)
  if (target.security === 'starttls') {
    if (!extensions.has('STARTTLS')) throw new Refused(without('accountFailure', 'starttls', 'The server does not offer STARTTLS.'))
    await startTls(wire, target, deadlines)
    // RFC 3207 4.2: everything learned before is forgotten.
    extensions = await hello(wire, target, deadlines)
  }
  const welcome = target.username ? await signIn(wire, target, extensions, deadlines) : banner
  return { extensions, welcome: replyText(welcome) }
}

async function hello(wire: Wire, target: SmtpTarget, deadlines: Deadlines): Promise<Extensions> {
  wire.write(`EHLO ${target.ehloName}\r\n`)
  const reply = await answer(wire, 'ehlo', deadlines.ehlo)
  if (reply.code === 250) return new Map(reply.lines.slice(1).map(extension))
  // RFC 5321 3.2: a server from before 2001 refuses EHLO and is greeted with HELO.
  if (reply.code < 500) throw new Refused(outcomeOf('ehlo', reply))
  wire.write(`HELO ${target.ehloName}\r\n`)
  await expect(wire, 'ehlo', deadlines.ehlo, 250)
  return new Map()
}

/** `AUTH=PLAIN LOGIN` is how servers of the nineties spelled `AUTH PLAIN LOGIN`. */
function extension(line: string): [string, string] {
  const [keyword = '', ...rest] = line.trim().replace(/^AUTH=/i, 'AUTH ').split(/\s+/)
  return [keyword.toUpperCase(), rest.join(' ').toUpperCase()]
}

async function startTls(wire: Wire, target: SmtpTarget, deadlines: Deadlines) {
  wire.write('STARTTLS\r\n')
  await expect(wire, 'starttls', deadlines.starttls, 220)
  await attempt('starttls', () => wire.encrypt(target, deadlines.starttls))
}

async function signIn(wire: Wire, target: SmtpTarget, extensions: Extensions, deadlines: Deadlines): Promise<Reply> {
  const mechanisms = (extensions.get('AUTH') ?? '').split(' ')
  if (target.tokens) return signInByToken(wire, target, target.tokens, mechanisms, deadlines)
  const username = target.username ?? ''
  const password = target.password ?? ''
  if (mechanisms.includes('PLAIN')) {
    wire.write(`AUTH PLAIN ${base64(`\0${username}\0${password}`)}\r\n`)
  } else if (mechanisms.includes('LOGIN')) {
    wire.write('AUTH LOGIN\r\n')
    await expect(wire, 'auth', deadlines.auth, 334)
    wire.write(`${base64(username)}\r\n`)
    await expect(wire, 'auth', deadlines.auth, 334)
    wire.write(`${base64(password)}\r\n`)
  } else {
    throw new Refused(without('accountFailure', 'auth', 'The server offers neither AUTH PLAIN nor AUTH LOGIN.'))
  }
  return expect(wire, 'auth', deadlines.auth, 235)
}

// RFC 4954 4: what would make the command longer goes into a line of its own, after 334.
const longestCommand = 512

/** SASL XOAUTH2, as Google and Microsoft speak it: `user=…^Aauth=Bearer …^A^A`. A refusal comes as 334 with JSON, and 535 after an empty line. */
async function signInByToken(wire: Wire, { username }: SmtpTarget, tokens: TokenSource, mechanisms: readonly string[], deadlines: Deadlines): Promise<Reply> {
  if (!mechanisms.includes('XOAUTH2')) throw new Refused(without('accountFailure', 'auth', 'The server does not offer AUTH XOAUTH2.'))
  // Tokens lie in the database, and that may be away.
  const answered = await attempt('auth', () => tokens.current())
  if ('reason' in answered) throw new Refused(without('accountFailure', 'auth', `No access token: ${answered.reason}`))
  const response = base64(`user=${username ?? ''}\x01auth=Bearer ${answered.token}\x01\x01`)
  const inOneLine = `AUTH XOAUTH2 ${response}\r\n`
  if (inOneLine.length <= longestCommand) {
    wire.write(inOneLine)
  } else {
    wire.write('AUTH XOAUTH2\r\n')
    await expect(wire, 'auth', deadlines.auth, 334)
    wire.write(`${response}\r\n`)
  }
  const reply = await answer(wire, 'auth', deadlines.auth)
  if (reply.code === 235) return reply
  await attempt('auth', () => tokens.forget())
  throw new Refused(reply.code === 334 ? await refusalInWords(wire, reply, deadlines) : outcomeOf('auth', reply))
}

/** The final reply, with what the server says in its JSON: `{"status":"400","schemes":"Bearer","scope":"…"}`. */
async function refusalInWords(wire: Wire, { text }: Reply, deadlines: Deadlines): Promise<Outcome> {
  wire.write('\r\n')
  const outcome = outcomeOf('auth', await answer(wire, 'auth', deadlines.auth))
  const said = Buffer.from(text, 'base64').toString('utf8')
  return said.startsWith('{') ? { ...outcome, reply: oneLine(`${outcome.reply} ${said}`) } : outcome
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

async function expect(wire: Wire, stage: Stage, timeoutMs: number, code: number): Promise<Reply> {
  const reply = await answer(wire, stage, timeoutMs)
  if (reply.code !== code) throw new Refused(outcomeOf(stage, reply))
  return reply
}

const answer = (wire: Wire, stage: Stage, timeoutMs: number): Promise<Reply> => attempt(stage, () => wire.reply(timeoutMs))

async function attempt<T>(stage: Stage, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw new Refused(silence(stage, error))
  }
}
