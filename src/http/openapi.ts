/** OpenAPI 3.1, made from the same objects that serve and check the requests. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Allow, Endpoint } from '../platform/endpoint.ts'
import { scopeOf } from './areas.ts'
import type { Route } from './serve.ts'

type Json = Record<string, unknown>

export function addOpenApi(api: FastifyInstance, routes: Route[]) {
  let text: string | undefined
  api.get('/api/v1/openapi.json', async (_request, reply) => {
    text ??= JSON.stringify(openApi(routes))
    return reply.type('application/json').send(text)
  })
}

export function openApi(routes: Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const { path, method, operation } = 'endpoint' in route ? ofEndpoint(route.endpoint) : ofRaw(route)
    paths[path] = { ...paths[path], [method]: operation }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tidings', version: '1', description: 'Accounts, contacts and leads; target lists; campaigns and their mass emails; what became of every single one.' },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key. What stands behind it at an operation is the scope that the key needs; a key made without scopes has all:write, which covers every other.' },
      },
      responses: { Problem: { description: 'RFC 9457 problem details', content: { 'application/problem+json': { schema: problemSchema } } } },
    },
  }
}

const problemSchema = schemaOf(z.object({
  type: z.string(), title: z.string(), status: z.number(), detail: z.string(), code: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
}), 'output')

function ofEndpoint(endpoint: Endpoint) {
  const parameters = [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query')]
  const hasBody = endpoint.method !== 'GET' && Object.keys((schemaOf(endpoint.body, 'input')['properties'] as Json | undefined) ?? {}).length > 0
  const operation = {
    summary: endpoint.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && { requestBody: { required: true, content: json(schemaOf(endpoint.body, 'input')) } }),
    ...securityOf(endpoint.allow, endpoint.method, endpoint.path),
    responses: {
      [endpoint.status]: { description: 'Done', ...(endpoint.status !== 204 && { content: json(schemaOf(endpoint.result, 'output')) }) },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
  return { path: braces(endpoint.path), method: endpoint.method.toLowerCase(), operation }
}

function ofRaw(route: Exclude<Route, { endpoint: Endpoint }>) {
  const names = [...route.url.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const method = typeof route.method === 'string' ? route.method : route.method[0]!
  const operation = {
    summary: route.summary,
    ...securityOf(route.allow, method, route.url),
    ...(names.length > 0 && { parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })) }),
    responses: { 200: { description: 'Done' }, default: { $ref: '#/components/responses/Problem' } },
  }
  return { path: braces(route.url), method: method.toLowerCase(), operation }
}

/** OpenAPI 3.1 names what a key needs behind its scheme. Every key may read its own affairs; users are records with a scope of their own. */
function securityOf(allow: Allow, method: string, path: string) {
  if (allow === 'public') return { security: [] }
  const needed = scopeOf(method, path)
  return { security: [{ apiKey: needed === null ? ['all:write'] : needed === 'own:read' ? [] : [needed] }] }
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: property }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

const json = (schema: Json) => ({ 'application/json': { schema } })
const braces = (path: string) => path.replace(/:(\w+)/g, '{$1}')
