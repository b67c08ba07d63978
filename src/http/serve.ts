/** Ties an endpoint to the function that does it. What a handler gets stands here; how it is reached over HTTP is server.ts's business. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { Allow, Endpoint, Method } from '../platform/endpoint.ts'
import type { Ground } from '../platform/ground.ts'

export type Visit = { ip: string; userAgent: string }

/** `actor` is who signed in; of a public endpoint it is null where nobody did. */
export type Call<E extends Endpoint> = Ground & {
  actor: Actor
  params: z.output<E['params']>
  query: z.output<E['query']>
  body: z.output<E['body']>
  now: Date
  visit: Visit
  /** Holds If-Match against the row's version: 412 when somebody else changed it meanwhile. Call it inside the transaction that locks the row. */
  expectVersion(version: number): void
  setCookie(name: string, value: string, options: { maxAgeSeconds: number }): void
}

export type EndpointRoute = { endpoint: Endpoint; handle: (call: Call<Endpoint>) => Promise<unknown> }

/** For what is not JSON in, JSON out: public pages, uploads, streams. Answers by `reply` itself. */
export type RawRoute = {
  method: Method | 'OPTIONS' | readonly (Method | 'HEAD')[]
  url: string
  allow: Allow
  summary: string
  /** The body comes as bytes, whatever its type, at most so many: a signature is over bytes. */
  bodyBytes?: number
  handleRaw: (request: FastifyRequest, reply: FastifyReply, context: Ground & { actor: Actor; now: Date; visit: Visit }) => Promise<unknown>
}

export type Route = EndpointRoute | RawRoute

export const serve = <E extends Endpoint>(endpoint: E, handle: (call: Call<E>) => Promise<z.input<E['result']> | void>): Route =>
  ({ endpoint, handle: handle as EndpointRoute['handle'] })

export const serveRaw = (
  method: RawRoute['method'], url: string, about: { allow: Allow; summary: string }, handleRaw: RawRoute['handleRaw'],
): Route => ({ method, url, ...about, handleRaw })

/** For what other programs post and sign. `request.body` is a Buffer. */
export const serveBytes = (url: string, about: { summary: string; bodyBytes: number }, handleRaw: RawRoute['handleRaw']): Route =>
  ({ method: 'POST', url, allow: 'public', ...about, handleRaw })
