/** An SMTP server by hand, for tests: answers as a script says, or misbehaves as no library would. Keeps what it was sent. */
import net from 'node:net'

/** After `silence` nothing more is said on that connection. */
export type Answer = string | 'hang up' | 'silence'
/** What to say to a line. Undefined: the ordinary polite answer. */
export type Script = (line: string, connection: number) => Answer | undefined

export type ScriptedServer = AsyncDisposable & {
  port: number
  /** Every command line, in order, over all connections. */
  lines: string[]
  /** The content of every message that was ended with a dot, still dot-stuffed. */
  contents: string[]
  connections: number
}

export async function scriptedServer(script: Script = () => undefined, extensions = ['PIPELINING', '8BITMIME', 'SIZE 1000000']): Promise<ScriptedServer> {
  const sockets = new Set<net.Socket>()
  const state = { lines: [] as string[], contents: [] as string[], connections: 0 }
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    converse(socket, ++state.connections, script, extensions, state)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => new Promise<void>((resolve) => {
    for (const socket of sockets) socket.destroy()
    server.close(() => resolve())
  })
  return Object.assign(state, { port: (server.address() as net.AddressInfo).port, [Symbol.asyncDispose]: close })
}

function converse(socket: net.Socket, connection: number, script: Script, extensions: string[], state: { lines: string[]; contents: string[] }) {
  let rest = ''
  let content: string[] | null = null
  let silent = false
  const say = (answer: Answer) => {
    silent ||= answer === 'silence'
    if (answer === 'hang up') socket.destroy()
    else if (!silent && !socket.destroyed) socket.write(`${answer}\r\n`)
    if (answer.startsWith('354')) content = []
  }
  const hear = (line: string) => {
    if (content === null) {
      state.lines.push(line)
      return say(script(line, connection) ?? polite(line, extensions))
    }
    if (line !== '.') return void content.push(line)
    state.contents.push(content.join('\r\n'))
    content = null
    say(script('.', connection) ?? '250 2.0.0 taken')
  }
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\r\n')
    rest = lines.pop()!
    for (const line of lines) hear(line)
  })
  say(script('connect', connection) ?? '220 scripted ESMTP')
}

function polite(line: string, extensions: string[]): Answer {
  const command = line.split(' ')[0]!.toUpperCase()
  if (command === 'EHLO') return ['scripted', ...extensions].map((text, index, all) => `250${index === all.length - 1 ? ' ' : '-'}${text}`).join('\r\n')
  if (command === 'DATA') return '354 go on'
  if (command === 'QUIT') return '221 bye'
  return '250 2.1.0 ok'
}
