/** Keeps the SMTP receiver up where a port is set. Of several processes on a machine one listens; the others stand by and take over when it goes. */
import type { Ground } from '../platform/ground.ts'
import { type Loop, startLoop } from '../platform/loop.ts'
import { publicUrlOf, readGeneral } from '../settings/settings.ts'
import { openReceiver, type Receiver } from './smtp-server.ts'

const standByMs = 1_000

export function startReceiver(ground: Ground, at: { host: string; port: number }): Pick<Loop, 'stop'> {
  let receiver: Receiver | undefined
  const loop = startLoop({
    name: 'SMTP receiver', everyMs: standByMs, log: ground.log,
    work: async () => { receiver ??= await open(ground, at) },
  })
  return { async stop() { await loop.stop(); await receiver?.close() } }
}

/** Undefined while another process has the port. */
async function open(ground: Ground, at: { host: string; port: number }): Promise<Receiver | undefined> {
  const name = new URL(publicUrlOf(await readGeneral(ground.db))).hostname
  try {
    const receiver = await openReceiver(ground, { ...at, name })
    ground.log.info({ port: receiver.port }, 'the SMTP receiver listens')
    return receiver
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    ground.log.debug({ port: at.port }, 'the port of the SMTP receiver is taken')
    return undefined
  }
}
