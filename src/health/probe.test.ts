import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { readJson, reasonOf } from './probe.ts'

async function serverThat(answers: (url: string, response: ServerResponse) => void) {
  const server = createServer(({ url }, response) => answers(url!, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() { server.close(); server.closeAllConnections(); await once(server, 'close') },
  }
}

const patience = () => AbortSignal.timeout(5_000)

test('an address is followed where it leads, and what is no JSON there is nothing', async () => {
  await using server = await serverThat((url, response) => {
    if (url === '/moved') response.writeHead(301, { location: '/here' }).end()
    else response.end(url === '/here' ? '{"instance":"a"}' : 'Welcome')
  })
  expect(await readJson(`${server.url}/moved`, patience())).toEqual({ instance: 'a' })
  expect(await readJson(`${server.url}/page`, patience())).toBeNull()
})

test('an address that leads in a circle ends, and a port that browsers refuse is asked all the same', async () => {
  await using server = await serverThat((_url, response) => { response.writeHead(302, { location: '/again' }).end() })
  expect(await readJson(server.url, patience())).toBeNull()
  await expect(readJson('http://127.0.0.1:1', patience())).rejects.toThrow('ECONNREFUSED')
})

test('silence is told as silence', async () => {
  await using server = await serverThat(() => {})
  const failure = await readJson(server.url, AbortSignal.abort()).catch((error: unknown) => error)
  expect(reasonOf(failure)).toBe('no answer within five seconds')
})
