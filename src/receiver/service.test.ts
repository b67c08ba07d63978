import net from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { startReceiver } from './service.ts'

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** What is said to whoever connects, or why nobody could. */
const greetingAt = (port: number) => new Promise<string>((resolve) => {
  const socket = net.connect({ port, host: '127.0.0.1' })
  socket.once('data', (chunk: Buffer) => { socket.destroy(); resolve(chunk.toString()) }).once('error', (error) => resolve(error.message))
})

test('of two processes with the same port one listens under the name of the public address, and the other takes over when it goes', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { publicUrl: 'https://mail.acme.example' })
  const at = { host: '127.0.0.1', port: await freePort() }
  const first = startReceiver(app.ground, at)
  await expect.poll(() => greetingAt(at.port), { timeout: 10_000 }).toMatch(/^220 mail\.acme\.example /)
  const second = startReceiver(app.ground, at)
  await first.stop()
  await expect.poll(() => greetingAt(at.port), { timeout: 10_000 }).toMatch(/^220 mail\.acme\.example /)
  await second.stop()
  expect(await greetingAt(at.port)).toContain('ECONNREFUSED')
})

test('without a port there is no receiver', async () => {
  await using app = await startApp()
  expect(app.ground.environment.bounceReceiver).toBeUndefined()
  await using other = await startApp({ environment: { TIDINGS_BOUNCE_PORT: '2525', TIDINGS_BOUNCE_HOST: '127.0.0.1' } })
  expect(other.ground.environment.bounceReceiver).toEqual({ host: '127.0.0.1', port: 2525 })
})
