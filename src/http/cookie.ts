/** Cookies that no script reads and no other site sends along, but for a link that leads here. */
import type { FastifyReply, FastifyRequest } from 'fastify'

export function setCookie(request: FastifyRequest, reply: FastifyReply, name: string, value: string, { maxAgeSeconds, path = '/' }: { maxAgeSeconds: number; path?: string }) {
  reply.setCookie(name, value, { httpOnly: true, sameSite: 'lax', path, secure: request.protocol === 'https', maxAge: maxAgeSeconds })
}
