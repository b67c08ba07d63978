/** The web server: endpoints in a scope of their own, public pages in a leaner one, the web application as static files. */
import fastifyCookie from '@fastify/cookie'
import fastifyFormbody from '@fastify/formbody'
import fastifyMultipart from '@fastify/multipart'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { setCookie } from './cookie.ts'
import { admit } from './identity.ts'
import { once } from './idempotency.ts'
import { expectInTable } from './areas.ts'
import { addOpenApi } from './openapi.ts'
import { sendProblem } from './problem.ts'
import type { Ground } from '../platform/ground.ts'
import type { Call, EndpointRoute, RawRoute, Route } from './serve.ts'
import { addWebApplication } from './static.ts'

type Options = {
  routes: Route[]
  /** The folder of the built web application, if there is one. */
  webFolder?: string | undefined
  /** Holds every answer against its contract: for tests. */
  checkAnswers?: boolean
  /** Told who asks for a public page or posts to a webhook. */
  onPublicRequest?: (ip: string) => void
  /** Before the work of each request to the API. */
  beforeApiCall?: () => Promise<void>
}

// What is missing is said in words for people; every other message of a contract stays.
z.config({ customError: (issue) => (issue.code === 'invalid_type' && issue.input === undefined ? 'This is required.' : undefined) })

const jsonLimitBytes = 20 * 1024 * 1024
const uploadLimitBytes = 1024 ** 3
/** What strangers may send: a form with a reason. */
const publicLimitBytes = 64 * 1024

export async function createServer(ground: Ground, { routes, webFolder, checkAnswers = false, beforeApiCall, onPublicRequest }: Options): Promise<FastifyInstance> {
  const { environment, log } = ground
  const trustProxy = environment.trustedProxies.length > 0 ? environment.trustedProxies : false
  // Tokens are up to 64 characters, ids 36: a path parameter is never longer than this.
  const server = fastify({ trustProxy, bodyLimit: jsonLimitBytes, routerOptions: { maxParamLength: 300 }, forceCloseConnections: 'idle' })
  server.setErrorHandler((error, _request, reply) => sendProblem(reply, error, log))
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, new AppError('notFound', 'notFound', 'There is nothing at this address.'), log))
  await server.register(async (api) => {
    if (beforeApiCall) api.addHook('preHandler', beforeApiCall)
    return addApi(api, ground, routes, checkAnswers)
  })
  const noted = (scope: FastifyInstance) => scope.addHook('onRequest', async ({ ip, url }) => { if (!isOwnProbe(url)) onPublicRequest?.(ip) })
  await server.register(async (pages) => addPublicPages(noted(pages), ground, routes.filter((route) => !isApi(route) && !takesBytes(route))))
  await server.register(async (posts) => addSignedPosts(noted(posts), ground, routes.filter(takesBytes)))
  if (webFolder) await addWebApplication(server, webFolder)
  return server
}

/** Delivery Health asks these of itself, perhaps by its own public address. */
const isOwnProbe = (url: string) => /^\/(healthz|readyz)/.test(url)

const takesBytes = (route: Route): route is RawRoute & { bodyBytes: number } => 'bodyBytes' in route

const isApi = (route: Route) => ('endpoint' in route ? route.endpoint.path : route.url).startsWith('/api/')

async function addApi(api: FastifyInstance, ground: Ground, routes: Route[], checkAnswers: boolean) {
  await api.register(fastifyCookie)
  await api.register(fastifyMultipart, { limits: { fileSize: uploadLimitBytes, files: 1 }, throwFileSizeLimit: true })
  acceptEmptyJson(api)
  api.addHook('onSend', async (_request, reply) => { reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store') })
  for (const route of routes.filter(isApi)) {
    expectInTable(route)
    if ('endpoint' in route) addEndpoint(api, ground, route, checkAnswers)
    else addRaw(api, ground, route)
  }
  addOpenApi(api, routes)
}

async function addPublicPages(pages: FastifyInstance, ground: Ground, routes: Route[]) {
  await pages.register(fastifyFormbody)
  await pages.register(fastifyMultipart, { limits: { fileSize: publicLimitBytes, files: 1 } })
  for (const route of routes) {
    if ('endpoint' in route) addEndpoint(pages, ground, route, false)
    else addRaw(pages, ground, route, publicLimitBytes)
  }
}

function addSignedPosts(posts: FastifyInstance, ground: Ground, routes: (RawRoute & { bodyBytes: number })[]) {
  posts.removeAllContentTypeParsers()
  posts.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  for (const route of routes) addRaw(posts, ground, route, route.bodyBytes)
}

/** A POST without a body is a POST of nothing, whatever its content type says. */
function acceptEmptyJson(api: FastifyInstance) {
  api.removeContentTypeParser('application/json')
  api.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, {})
    try {
      done(null, JSON.parse(body as string))
    } catch {
      done(new AppError('invalid', 'notJson', 'The body is not JSON.'))
    }
  })
}

function addRaw(scope: FastifyInstance, ground: Ground, { method, url, allow, handleRaw }: RawRoute, bodyLimit = jsonLimitBytes) {
  scope.route({
    bodyLimit,
    method: typeof method === 'string' ? method : [...method], url, exposeHeadRoute: false,
    handler: async (request, reply) => {
      const actor = await admit(request, ground, allow)
      return handleRaw(request, reply, { ...ground, actor: actor!, now: ground.clock(), visit: visitOf(request) })
    },
  })
}

function addEndpoint(scope: FastifyInstance, ground: Ground, { endpoint, handle }: EndpointRoute, checkAnswers: boolean) {
  scope.route({
    method: endpoint.method, url: endpoint.path,
    handler: async (request, reply) => {
      const actor = await admit(request, ground, endpoint.allow)
      const input = parseInput(endpoint, request)
      const call: Call<Endpoint> = {
        ...ground, ...input, actor: actor!, now: ground.clock(), visit: visitOf(request),
        expectVersion: (version) => expectVersion(request, version),
        setCookie: (name, value, options) => setCookie(request, reply, name, value, options),
      }
      const work = async () => ({ status: endpoint.status, body: await handle(call) })
      const key = request.headers['idempotency-key']
      const answer = key && actor && endpoint.method === 'POST'
        ? await once(ground, { userId: actor.userId, key: String(key), request: [request.url, request.body ?? null] }, work)
        : await work()
      return send(reply, endpoint, answer, checkAnswers)
    },
  })
}

/** All faults of path, query and body at once. */
function parseInput(endpoint: Endpoint, request: FastifyRequest) {
  const params = endpoint.params.safeParse(request.params)
  const query = endpoint.query.safeParse(request.query)
  const body = endpoint.method === 'GET' ? { success: true as const, data: {} } : endpoint.body.safeParse(request.body ?? {})
  const issues = [params, query, body].flatMap((read) => (read.success ? [] : read.error.issues))
  if (issues.length > 0) throw new z.ZodError(issues)
  return { params: params.data, query: query.data, body: body.data }
}

/** 202 in place of 200 where a handler answers with a task: the work goes on in the background. */
function send(reply: FastifyReply, endpoint: Endpoint, { status, body }: { status: number; body: unknown }, checkAnswers: boolean) {
  if (checkAnswers && body !== undefined) endpoint.result.parse(JSON.parse(JSON.stringify(body)))
  if (hasVersion(body)) reply.header('etag', `"${body.version}"`)
  if (body === undefined || body === null) return reply.code(204).send()
  return reply.code(isTaskAnswer(body) && status === 200 ? 202 : status).type('application/json').send(JSON.stringify(body))
}

const hasVersion = (body: unknown): body is { version: number } =>
  typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'number'

const isTaskAnswer = (body: unknown) =>
  typeof body === 'object' && body !== null && Object.keys(body).length === 1 && 'task' in body

/** RFC 9110 13.1.1: `If-Match: "7"`, a list of tags, or `*`. */
function expectVersion(request: FastifyRequest, version: number) {
  const wanted = request.headers['if-match']
  if (wanted === undefined || wanted.trim() === '*') return
  const tags = wanted.split(',').map((tag) => tag.trim().replace(/^W\//, '').replace(/^"|"$/g, ''))
  if (!tags.includes(String(version))) {
    throw new AppError('stale', 'changedMeanwhile', 'Somebody else changed this meanwhile. Load it again, then repeat your change.', { version })
  }
}

const visitOf = (request: FastifyRequest) => ({ ip: request.ip, userAgent: request.headers['user-agent'] ?? '' })
