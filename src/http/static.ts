/** The built web application: hashed files cached for ever, index.html for every other address of the application. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Styles are written inline by the component library; scripts never are. Previews of mail live in a frame without scripts. */
const contentSecurityPolicy = [
  "default-src 'self'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob: http: https:",
  "frame-src 'self' data: blob:", "connect-src 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ')

export async function addWebApplication(server: FastifyInstance, folder: string) {
  const index = readFileSync(join(folder, 'index.html'), 'utf8')
  const sendIndex = (_request: FastifyRequest, reply: FastifyReply) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').header('content-security-policy', contentSecurityPolicy)
      .header('x-content-type-options', 'nosniff').header('referrer-policy', 'same-origin').send(index)
  await server.register(fastifyStatic, { root: join(folder, 'assets'), prefix: '/assets/', immutable: true, maxAge: '1y', decorateReply: false })
  server.get('/', sendIndex)
  // Addresses of the application look like files of nothing: everything that is neither API nor a public page.
  server.get('/*', (request, reply) => (request.url.startsWith('/api/') ? reply.callNotFound() : sendIndex(request, reply)))
}
