/** One connection of the mail server: reads commands and messages (RFC 5321, pipelined as RFC 2920 allows), asks how to behave, answers. */
import type { Socket } from 'node:net'
import tls from 'node:tls'

export type Stage = 'connect' | 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'dot'

/** Where a conversation stands when the server is asked how to behave. `argument` is what the command said. */
export type Moment = { stage: Stage; connection: number; recipient: string; argument: string; encrypted: boolean }

/** A departure from politeness. */
export type Reaction = {
  /** Instead of the ordinary answer; `null` says nothing. */
  say?: string | null
  /** At the dot: the message counts as taken. Otherwise it is when the answer is 2yz. */
  take?: boolean
  afterMs?: number
  afterwards?: 'hang up' | 'fall silent' | 'talk without end'
}

export type Behaviour = (moment: Moment) => Reaction | undefined | void | Promise<Reaction | undefined | void>

export type Host = {
  behave: Behaviour
  extensions(encrypted: boolean): string[]
  secureContext(): tls.SecureContext | undefined
  take(message: { recipient: string; content: Buffer; connection: number; encrypted: boolean }): void
}

const endOfContent = Buffer.from('\r\n.\r\n')
/** A reply of several lines that never comes to its last one. */
const chatterEveryMs = 5

export class Conversation {
  readonly #host: Host
  readonly #number: number
  #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #wake = () => {}
  #hasMore = false
  #isOver = false
  #inContent = false
  #recipient = ''
  #encrypted = false

  constructor(host: Host, socket: Socket, number: number) {
    this.#host = host
    this.#socket = socket
    this.#number = number
    this.#listen()
    // A client that is killed in the middle of it all is what this server is for.
    this.#talk().catch(() => this.close())
  }

  close(): void {
    this.#isOver = true
    this.#socket.destroy()
    this.#wake()
  }

  async #talk(): Promise<void> {
    await this.#answer('connect', '', '220 faults ESMTP')
    while (!this.#isOver) {
      const piece = this.#inContent ? this.#nextContent() : this.#nextLine()
      if (piece === null) await this.#more()
      else await (typeof piece === 'string' ? this.#hear(piece) : this.#take(piece))
    }
  }

  #listen(): void {
    this.#socket.on('error', () => {}).on('close', () => { this.#isOver = true; this.#wake() }).on('data', this.#receive)
  }

  readonly #receive = (chunk: Buffer) => {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    this.#hasMore = true
    this.#wake()
  }

  async #more(): Promise<void> {
    if (!this.#hasMore && !this.#isOver) await new Promise<void>((resolve) => { this.#wake = resolve })
    this.#hasMore = false
  }

  #nextLine(): string | null {
    const end = this.#received.indexOf('\r\n')
    return end === -1 ? null : this.#cut(end, 2).toString('utf8')
  }

  #nextContent(): Buffer | null {
    const end = this.#received.indexOf(endOfContent)
    return end === -1 ? null : this.#cut(end, endOfContent.length)
  }

  #cut(end: number, delimiter: number): Buffer {
    const piece = this.#received.subarray(0, end)
    this.#received = this.#received.subarray(end + delimiter)
    return piece
  }

  async #hear(line: string): Promise<void> {
    const [command = '', ...rest] = line.split(' ')
    const argument = rest.join(' ')
    switch (command.toUpperCase()) {
      case 'EHLO': case 'HELO': return this.#answer('ehlo', argument, this.#hello())
      case 'STARTTLS': return this.#startTls()
      case 'AUTH': return this.#answer('auth', argument, '235 2.7.0 welcome')
      case 'MAIL': return this.#answer('mail', argument, '250 2.1.0 ok')
      case 'RCPT':
        this.#recipient = /<(.*)>/.exec(argument)?.[1] ?? ''
        return this.#answer('rcpt', argument, '250 2.1.5 ok')
      case 'DATA': return this.#data()
      case 'QUIT':
        this.#socket.end('221 2.0.0 bye\r\n')
        this.#isOver = true
        return
      default: this.#say('250 2.0.0 ok')
    }
  }

  #hello(): string {
    const lines = ['faults', ...this.#host.extensions(this.#encrypted)]
    return lines.map((text, index) => `250${index === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n')
  }

  async #data(): Promise<void> {
    await this.#answer('data', '', '354 go on', (said) => { this.#inContent = said.startsWith('354') })
  }

  async #take(content: Buffer): Promise<void> {
    this.#inContent = false
    await this.#answer('dot', '', '250 2.0.0 taken', (said, reaction) => {
      if (reaction?.take ?? said.startsWith('2')) {
        this.#host.take({ recipient: this.#recipient, content, connection: this.#number, encrypted: this.#encrypted })
      }
    })
  }

  async #startTls(): Promise<void> {
    const secureContext = this.#host.secureContext()
    if (!secureContext) return this.#say('502 5.5.1 not here')
    await this.#answer('starttls', '', '220 2.0.0 go ahead')
    if (this.#isOver) return
    // From here on its bytes are the cipher's business; that it closed still counts.
    this.#socket.off('data', this.#receive)
    this.#socket = new tls.TLSSocket(this.#socket, { isServer: true, secureContext })
    this.#encrypted = true
    this.#listen()
  }

  /** `before` learns what will be said before it is said: a message is written down first, then acknowledged. */
  async #answer(stage: Stage, argument: string, polite: string, before: (said: string, reaction?: Reaction) => void = () => {}): Promise<void> {
    const { behave } = this.#host
    const asked = behave({ stage, connection: this.#number, recipient: this.#recipient, argument, encrypted: this.#encrypted })
    const reaction = (asked instanceof Promise ? await asked : asked) ?? undefined
    if (reaction?.afterMs) await new Promise((resolve) => { setTimeout(resolve, reaction.afterMs) })
    // What a client did not wait for is taken all the same: it had written the dot.
    const said = reaction?.say === undefined ? polite : reaction.say ?? ''
    before(said, reaction)
    if (reaction?.afterwards === 'talk without end') return this.#chatter(said.slice(0, 3))
    if (said) this.#say(said)
    if (reaction?.afterwards === 'hang up') this.#hangUp(said !== '')
    if (reaction?.afterwards === 'fall silent') this.#isOver = true
  }

  #say(line: string): void {
    if (!this.#socket.destroyed) this.#socket.write(`${line}\r\n`)
  }

  #hangUp(politely: boolean): void {
    this.#isOver = true
    if (politely) this.#socket.end()
    else this.#socket.destroy()
  }

  #chatter(code: string): void {
    this.#isOver = true
    const timer = setInterval(() => {
      if (this.#socket.destroyed) clearInterval(timer)
      else this.#socket.write(`${code}-and another thing\r\n`.repeat(20))
    }, chatterEveryMs)
  }
}
