/** One TCP or TLS connection that speaks in lines: bytes out, replies in, each with a deadline. Knows no command. */
import net from 'node:net'
import tls from 'node:tls'
import { type Reply, ReplyError, ReplyReader } from './reply.ts'

export type Peer = { host: string; port: number; ca?: string | undefined }

// At most four answers are under way: to a dot, and to the three commands of the message that follows.
const maxUnread = 16

type Waiter = { resolve: (reply: Reply) => void; reject: (error: Error) => void; timer: NodeJS.Timeout }

export class Wire {
  #socket: net.Socket
  #reader = new ReplyReader()
  #replies: Reply[] = []
  #waiter: Waiter | null = null
  #error: Error | null = null
  #kept = Buffer.alloc(0)

  private constructor(socket: net.Socket) {
    this.#socket = socket
    this.#listen(socket)
  }

  static async open(peer: Peer, security: 'plain' | 'tls', timeoutMs: number): Promise<Wire> {
    const socket = security === 'tls' ? tls.connect(tlsOptions(peer)) : net.connect({ host: peer.host, port: peer.port, noDelay: true })
    await settled(socket, security === 'tls' ? 'secureConnect' : 'connect', timeoutMs, `no connection to ${peer.host}:${peer.port}`)
    socket.setNoDelay(true)
    return new Wire(socket)
  }

  get isOpen() {
    return this.#error === null
  }

  get isEncrypted() {
    return this.#socket instanceof tls.TLSSocket
  }

  /** Commands: ASCII, but for addresses that need SMTPUTF8. */
  write(data: string) {
    if (this.isOpen) this.#socket.write(data, 'utf8')
  }

  /** Both parts leave in one system call: gathering buffers costs the kernel more than copying them costs us. */
  writeTogether(content: Buffer, commands: string) {
    if (!this.isOpen) return
    const whole = this.#room(content.length + Buffer.byteLength(commands))
    content.copy(whole)
    whole.write(commands, content.length)
    this.#socket.write(whole)
  }

  /** Kept from message to message, but never written over while a byte of the last one has not left. */
  #room(length: number): Buffer {
    if (this.#socket.writableLength > 0) return Buffer.allocUnsafe(length)
    if (this.#kept.length < length) this.#kept = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#kept.length))
    return this.#kept.subarray(0, length)
  }

  /** The next reply. Rejects when the connection is lost, the server talks nonsense, or the whole reply has not come in time. */
  reply(timeoutMs: number): Promise<Reply> {
    const ready = this.#replies.shift()
    if (ready) return Promise.resolve(ready)
    if (this.#error) return Promise.reject(this.#error)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(new Error(`The server did not answer within ${Math.round(timeoutMs / 1000)} seconds.`)), timeoutMs)
      this.#waiter = { resolve, reject, timer }
    })
  }

  /** STARTTLS: the same connection, encrypted and with a verified certificate from here on. */
  async encrypt(peer: Peer, timeoutMs: number) {
    if (this.#reader.hasRest || this.#replies.length > 0) throw this.#fail(new Error('The server sent data in the clear after STARTTLS.'))
    this.#socket.removeAllListeners().on('error', () => {})
    const socket = tls.connect({ ...tlsOptions(peer), socket: this.#socket })
    try {
      await settled(socket, 'secureConnect', timeoutMs, 'no TLS handshake')
    } catch (error) {
      throw this.#fail(error as Error)
    }
    this.#socket = socket
    this.#listen(socket)
  }

  close() {
    this.#fail(new Error('The connection is closed.'))
  }

  #listen(socket: net.Socket) {
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('The server closed the connection.')))
    socket.on('end', () => this.#fail(new Error('The server closed the connection.')))
  }

  #receive(chunk: Buffer) {
    try {
      this.#replies.push(...this.#reader.push(chunk))
      if (this.#replies.length > maxUnread) throw new ReplyError('The server keeps talking without being asked.')
    } catch (error) {
      this.#fail(error as Error)
      return
    }
    const waiter = this.#waiter
    if (!waiter || this.#replies.length === 0) return
    this.#waiter = null
    clearTimeout(waiter.timer)
    waiter.resolve(this.#replies.shift()!)
  }

  /** The first failure stays: what follows a lost connection is only its echo. */
  #fail(error: Error): Error {
    this.#error ??= error
    this.#socket.destroy()
    const waiter = this.#waiter
    this.#waiter = null
    if (waiter) {
      clearTimeout(waiter.timer)
      waiter.reject(this.#error)
    }
    return this.#error
  }
}

const tlsOptions = (peer: Peer): tls.ConnectionOptions => ({
  host: peer.host,
  port: peer.port,
  ca: peer.ca,
  minVersion: 'TLSv1.2',
  rejectUnauthorized: true,
  // SNI knows names only (RFC 6066 3); Node checks an IP address against the certificate by itself.
  ...(net.isIP(peer.host) ? {} : { servername: peer.host }),
})

/** Waits for `event`; an error, an early end or the deadline destroys the socket and rejects. */
function settled(socket: net.Socket, event: 'connect' | 'secureConnect', timeoutMs: number, late: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      done()
      socket.on('error', () => {})
      socket.destroy()
      reject(error)
    }
    const ready = () => {
      done()
      resolve()
    }
    const ended = () => fail(new Error('The server closed the connection.'))
    const timer = setTimeout(() => fail(new Error(`${late} within ${Math.round(timeoutMs / 1000)} seconds`)), timeoutMs)
    const done = () => {
      clearTimeout(timer)
      socket.off(event, ready).off('error', fail).off('close', ended)
    }
    socket.on(event, ready).on('error', fail).on('close', ended)
  })
}
