import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { guardedFetch } from './guarded-fetch.ts'

async function server(answer: RequestListener) {
  const asked: string[] = []
  const listening = createServer((request, response) => { asked.push(request.url!); answer(request, response) })
  await new Promise<void>((resolve) => { listening.listen(0, '127.0.0.1', resolve) })
  return {
    asked, port: (listening.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() { listening.closeAllConnections(); await new Promise((resolve) => { listening.close(resolve) }) },
  }
}
const get = { method: 'GET' } as const
const here = guardedFetch(['127.0.0.0/8'])

test('a private address is not even connected to, however it is written; where it is allowed it is', async () => {
  await using own = await server((_, response) => response.end('hello'))
  const nowhere = guardedFetch([])
  for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0']) {
    await expect(nowhere(`http://${host}:${own.port}/`, get)).rejects.toThrow('private network')
  }
  await expect(guardedFetch(['10.0.0.0/8'])(`http://127.0.0.1:${own.port}/`, get)).rejects.toThrow('TIDINGS_ALLOW_PRIVATE')
  expect(own.asked).toEqual([])
  expect(await here(`http://127.0.0.1:${own.port}/a`, get)).toEqual({ status: 200, body: 'hello' })
  expect(await here(`http://localhost:${own.port}/b`, get)).toEqual({ status: 200, body: 'hello' })
})

test('a redirect is an answer and leads nowhere', async () => {
  await using own = await server((_, response) => response.writeHead(302, { location: '/elsewhere' }).end())
  expect(await here(`http://127.0.0.1:${own.port}/`, get)).toMatchObject({ status: 302 })
  expect(own.asked).toEqual(['/'])
})

test('an endless answer is cut, and the body arrives as it was given', async () => {
  let body = ''
  await using own = await server((request, response) => {
    request.on('data', (part: Buffer) => { body += part.toString() })
    request.on('end', () => { const more = () => { while (response.write('x'.repeat(10_000))); response.once('drain', more) }; more() })
  })
  const answer = await here(`http://127.0.0.1:${own.port}/`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"ä":1}' })
  expect([answer.body.length, body]).toEqual([65_536, '{"ä":1}'])
})

test('who does not answer is given up, who refuses is told as the system tells it, and only http is spoken', async () => {
  await using silent = await server(() => {})
  const hasty = guardedFetch(['127.0.0.0/8'], { deadlineMs: 200 })
  await expect(hasty(`http://127.0.0.1:${silent.port}/`, get)).rejects.toThrow('no answer within 0.2 seconds')
  await expect(here('http://127.0.0.1:1/', get)).rejects.toThrow('ECONNREFUSED')
  await expect(here('file:///etc/passwd', get)).rejects.toThrow('not http')
})
