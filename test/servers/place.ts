/** Where a throw-away server lives: a folder of its own that other users may enter, free ports, and waiting until it answers. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statfsSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Mail servers drop their rights and must still reach their files: the folder and its parents are open to all (mkdtemp's 700 is not). */
export async function openFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `tidings-${name}-`))
  await chmod(folder, 0o755)
  return folder
}

/** For databases: in memory where there is room. A clone of the template of the tests takes 13 ms there and 116 ms on a disk. */
export function quickPlace(): string {
  if (!existsSync('/dev/shm')) return tmpdir()
  const { bavail, bsize } = statfsSync('/dev/shm')
  return bavail * bsize > 4e9 ? '/dev/shm' : tmpdir()
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Resolves once the server says its first words; a port that only accepts is not ready yet. */
export async function greeted(port: number, deadline = Date.now() + 20_000): Promise<void> {
  while (!await hasGreeting(port)) {
    if (Date.now() > deadline) throw new Error(`Nothing answers on port ${port}.`)
    await wait(50)
  }
}

const hasGreeting = (port: number) => new Promise<boolean>((resolve) => {
  const socket = connect(port, '127.0.0.1')
  const end = (greeted: boolean) => { socket.destroy(); resolve(greeted) }
  socket.once('data', () => end(true)).once('error', () => end(false)).once('close', () => end(false)).setTimeout(2_000, () => end(false))
})

/** Runs a program to its end; its error output becomes the error. */
export async function run(program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => { complaint += chunk })
  // Not 'close': a daemon keeps the pipe open for as long as it lives.
  const [code] = await once(child, 'exit') as [number | null]
  child.stderr.destroy()
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${complaint.trim()}`)
}
