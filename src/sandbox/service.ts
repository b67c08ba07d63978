/**
 * Keeps the Sandbox's mail server up, and answers for the recipients that play a part. Of several processes on a machine one listens; the others stand by on the same port and take over
 * when it goes. The port is remembered, so that mail already on its way after a restart finds it again.
 */
import { readSandboxPort, saveSandboxAccount } from '../outbound/sandbox-account.ts'
import type { Db } from '../platform/db.ts'
import type { Ground } from '../platform/ground.ts'
import type { Log } from '../platform/log.ts'
import { startLoop } from '../platform/loop.ts'
import { answerCaptured } from './answer-captured.ts'
import { answersAsSandbox, openSandboxServer, sandboxHost, type SandboxServer } from './smtp-server.ts'

export type Sandbox = { stop(): Promise<void> }

/** Bounces and readers take their time. */
const answersAfterMs = 5000

/** Resolves when the Sandbox can be mailed to: here, or in another process of this installation. */
export async function startSandbox(ground: Pick<Ground, 'db' | 'secrets' | 'clock' | 'log'>): Promise<Sandbox> {
  const { db, secrets, log } = ground
  // By the present secret and by earlier ones: a process that was started before the secret was changed is no stranger.
  const names = () => secrets.keys('sandbox').map((key) => `Tidings-${key.toString('hex').slice(0, 12)}`)
  let server = await open(db, names(), log)
  const loop = startLoop({
    name: 'sandbox', everyMs: 1000, log,
    async work() {
      server ??= await open(db, names(), log)
      // Whoever listens answers.
      if (server) await answerCaptured(ground, new Date(Date.now() - answersAfterMs))
    },
  })
  return { async stop() { await loop.stop(); await server?.close() } }
}

/** The open server, or undefined while another process has it. */
async function open(db: Db, names: readonly string[], log: Log): Promise<SandboxServer | undefined> {
  const known = await readSandboxPort(db)
  try {
    return await openAt(db, known, names[0]!, log)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return await answersAsSandbox(known, names) ? undefined : openAt(db, 0, names[0]!, log)
  }
}

async function openAt(db: Db, port: number, name: string, log: Log): Promise<SandboxServer> {
  const server = await openSandboxServer(db, { port, name, log })
  if (server.port !== port) await saveSandboxAccount(db, { host: sandboxHost, port: server.port })
  return server
}
