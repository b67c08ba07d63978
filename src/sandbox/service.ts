/**
 * Keeps the Sandbox's mail server up. Of several processes on a machine one listens; the others stand by on the same port and take over
 * when it goes. The port is remembered, so that mail already on its way after a restart finds it again.
 */
import { readSandboxPort, saveSandboxAccount } from '../outbound/sandbox-account.ts'
import type { Db } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import { startLoop } from '../platform/loop.ts'
import type { Secrets } from '../platform/secrets.ts'
import { answersAsSandbox, openSandboxServer, sandboxHost, type SandboxServer } from './smtp-server.ts'

export type Sandbox = { stop(): Promise<void> }

/** Resolves when the Sandbox can be mailed to: here, or in another process of this installation. */
export async function startSandbox({ db, secrets, log }: { db: Db; secrets: Secrets; log: Log }): Promise<Sandbox> {
  const name = `Tidings-${secrets.key('sandbox').toString('hex').slice(0, 12)}`
  let server = await open(db, name, log)
  const loop = startLoop({
    name: 'sandbox', everyMs: 1000, log,
    work: async () => { server ??= await open(db, name, log) },
  })
  return { async stop() { await loop.stop(); await server?.close() } }
}

/** The open server, or undefined while another process has it. */
async function open(db: Db, name: string, log: Log): Promise<SandboxServer | undefined> {
  const known = await readSandboxPort(db)
  try {
    return await openAt(db, known, name, log)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return await answersAsSandbox(known, name) ? undefined : openAt(db, 0, name, log)
  }
}

async function openAt(db: Db, port: number, name: string, log: Log): Promise<SandboxServer> {
  const server = await openSandboxServer(db, { port, name, log })
  if (server.port !== port) await saveSandboxAccount(db, { host: sandboxHost, port: server.port })
  return server
}
