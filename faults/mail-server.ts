/** The mail server of the scenarios: keeps a journal of every message before it says that it took it, and misbehaves as it is told. */
import net from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import type tls from 'node:tls'
import { type Behaviour, Conversation, type Moment, type Reaction } from './conversation.ts'
import { Journal } from './journal.ts'

const patienceMs = 30_000

export class MailServer {
  readonly journal: Journal
  /** How it departs from politeness; may be exchanged at any time. */
  behave: Behaviour = () => undefined
  secureContext: tls.SecureContext | undefined
  asksForPassword = false
  /** Most connections that were open at once. */
  peak = 0
  readonly #server: net.Server
  readonly #open = new Map<net.Socket, Conversation>()
  #connections = 0
  readonly #moments: { matches: (moment: Moment) => boolean; meet: (moment: Moment) => Reaction | void | Promise<Reaction | void> }[] = []

  private constructor(journalFile: string) {
    this.journal = new Journal(journalFile)
    this.#server = net.createServer({ noDelay: true }, (socket) => this.#welcome(socket))
  }

  static async start(folder: string, name = 'journal'): Promise<MailServer> {
    const server = new MailServer(join(folder, `${name}.jsonl`))
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port
  }

  get connectionsOpen(): number {
    return this.#open.size
  }

  /** The next time that a conversation comes there, `act` runs before the server answers, and says how it answers. Resolves when it has run. */
  atNext(matches: (moment: Moment) => boolean, act: (moment: Moment) => Reaction | void | Promise<Reaction | void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('No conversation came to the awaited point.')), patienceMs)
      const meet = async (moment: Moment) => {
        clearTimeout(late)
        const reaction = await act(moment)
        resolve()
        return reaction
      }
      this.#moments.push({ matches, meet })
    })
  }

  /** Every connection breaks without a word. */
  dropAll(): void {
    for (const conversation of this.#open.values()) conversation.close()
  }

  async close(): Promise<void> {
    this.dropAll()
    this.#server.close()
    await once(this.#server, 'close')
    this.journal.close()
  }

  #welcome(socket: net.Socket): void {
    const conversation = new Conversation({
      behave: (moment) => this.#react(moment),
      extensions: (encrypted) => this.#extensions(encrypted),
      secureContext: () => this.secureContext,
      take: (message) => this.journal.write(message),
    }, socket, ++this.#connections)
    this.#open.set(socket, conversation)
    this.peak = Math.max(this.peak, this.#open.size)
    socket.on('close', () => this.#open.delete(socket))
  }

  #react(moment: Moment): ReturnType<Behaviour> {
    const met = this.#moments.findIndex(({ matches }) => matches(moment))
    if (met === -1) return this.behave(moment)
    return this.#moments.splice(met, 1)[0]!.meet(moment)
  }

  #extensions(encrypted: boolean): string[] {
    return ['PIPELINING', '8BITMIME', 'SIZE 10000000', 'SMTPUTF8',
      ...(this.secureContext && !encrypted ? ['STARTTLS'] : []), ...(this.asksForPassword ? ['AUTH PLAIN LOGIN'] : [])]
  }
}
