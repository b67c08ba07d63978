/** Stands between the program and its database, on a port that stays, and can be cut or held up. */
import net from 'node:net'
import { once } from 'node:events'

export class TcpProxy {
  /** Where connections lead; a database that was started again may have another port. */
  target: number
  readonly #server: net.Server
  readonly #pairs = new Set<readonly [net.Socket, net.Socket]>()
  #state: 'open' | 'cut' | 'held' = 'open'
  #waiting: net.Socket[] = []

  private constructor(target: number) {
    this.target = target
    this.#server = net.createServer({ noDelay: true }, (socket) => this.#accept(socket))
  }

  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port
  }

  /** Everything breaks, and new connections break as well. */
  cut(): void {
    this.#state = 'cut'
    for (const socket of [...[...this.#pairs].flat(), ...this.#waiting.splice(0)]) socket.destroy()
  }

  /** Nothing breaks and nothing moves any more: the network at its worst. */
  hold(): void {
    this.#state = 'held'
    for (const socket of [...this.#pairs].flat()) socket.pause()
  }

  restore(): void {
    this.#state = 'open'
    for (const socket of [...this.#pairs].flat()) socket.resume()
    for (const socket of this.#waiting.splice(0)) this.#connect(socket)
  }

  async close(): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #accept(socket: net.Socket): void {
    socket.on('error', () => {})
    if (this.#state === 'cut') socket.destroy()
    else if (this.#state === 'held') this.#waiting.push(socket)
    else this.#connect(socket)
  }

  #connect(socket: net.Socket): void {
    const onward = net.connect({ port: this.target, host: '127.0.0.1', noDelay: true })
    const pair = [socket, onward] as const
    this.#pairs.add(pair)
    socket.on('data', (chunk) => onward.write(chunk)).on('end', () => onward.end())
    onward.on('data', (chunk) => socket.write(chunk)).on('end', () => socket.end()).on('error', () => {})
    const part = () => {
      this.#pairs.delete(pair)
      socket.destroy()
      onward.destroy()
    }
    socket.on('close', part)
    onward.on('close', part)
  }
}
