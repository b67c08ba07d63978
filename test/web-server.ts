/** A web server on loopback that keeps what it was asked and answers as it is told, in order; the last answer again and again. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Asked = { method: string; url: string; headers: IncomingHttpHeaders; body: string }

export async function webServer(...answers: { status: number; body?: string; headers?: Record<string, string> }[]) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { status, body = '', headers = {} } = answers[Math.min(asked.length, answers.length - 1)] ?? { status: 200 }
      asked.push({ method: request.method!, url: request.url!, headers: request.headers, body: Buffer.concat(parts).toString('utf8') })
      response.writeHead(status, headers).end(body)
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return {
    asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => { server.close(resolve) })
    },
  }
}
