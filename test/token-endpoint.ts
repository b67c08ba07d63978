/** An OAuth 2.0 token endpoint on loopback, for tests: answers as told and keeps what it was asked. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type TokenEndpoint = AsyncDisposable & { url: string; asked: Record<string, string>[] }

/** `answer` gets the number of the request, from 1. */
export async function tokenEndpoint(answer: (request: number) => { status?: number; body: unknown }): Promise<TokenEndpoint> {
  const asked: Record<string, string>[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    asked.push(Object.fromEntries(new URLSearchParams(text)))
    const { status = 200, body } = answer(asked.length)
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => new Promise<void>((resolve) => {
    server.closeAllConnections()
    server.close(() => resolve())
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`, asked, [Symbol.asyncDispose]: close }
}
