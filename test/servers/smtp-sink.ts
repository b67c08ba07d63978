/** Postfix's smtp-sink: takes every message and throws it away, as fast as anything can. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort, greeted } from './place.ts'

export type SmtpSink = AsyncDisposable & { port: number; pid: number }

/** `options` are smtp-sink(1)'s own, such as `-r RCPT` to answer every recipient with 4xx. */
export async function startSmtpSink(options: string[] = []): Promise<SmtpSink> {
  const port = await freePort()
  // As root it insists on a user to become.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const child = spawn('smtp-sink', [...user, ...options, `127.0.0.1:${port}`, '2000'], { stdio: 'ignore' })
  await greeted(port)
  return {
    port, pid: child.pid!,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
