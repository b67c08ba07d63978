/** The one place that knows fetch: session cookie, CSRF header, problems. Endpoints are called through client.ts. */
import { paths } from '../paths.ts'
import { problemOf, unreachable } from './problem.ts'
import { type Query, queryText } from './query-text.ts'

export type RequestOptions = { query?: Query | undefined; body?: unknown; idempotencyKey?: string | undefined; signal?: AbortSignal | undefined }

let csrfToken: string | undefined
export const keepCsrfToken = (token: string | undefined) => { csrfToken = token }

export async function request<Result>(method: string, path: string, options: RequestOptions = {}): Promise<Result> {
  const response = await answered(method, path, options)
  return (response.status === 204 ? undefined : await response.json()) as Result
}

/** A file for what an address cannot ask for, because it is too long. It is held in memory: for chosen records, not for all. */
export async function download(path: string, body: object, fileName: string): Promise<void> {
  const address = URL.createObjectURL(await (await answered('POST', path, { body })).blob())
  Object.assign(document.createElement('a'), { href: address, download: fileName }).click()
  // Not at once: some browsers begin to read only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

async function answered(method: string, path: string, options: RequestOptions): Promise<Response> {
  const response = await send(method, path, options)
  if (response.ok) return response
  const problem = await problemOf(response)
  // Signing in itself says by 401 that something is wrong or missing.
  if (problem.status === 401 && path !== '/api/v1/session') leaveFor(paths.signIn)
  if (problem.code === 'secondFactorRequired') leaveFor(paths.secondFactor)
  throw problem
}

async function send(method: string, path: string, { query, body, idempotencyKey, signal }: RequestOptions): Promise<Response> {
  const isForm = body instanceof FormData
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined && !isForm) headers['content-type'] = 'application/json'
  if (method !== 'GET') headers['x-csrf-token'] = await currentCsrfToken()
  if (idempotencyKey) headers['idempotency-key'] = idempotencyKey
  const payload = body === undefined ? null : isForm ? body : JSON.stringify(body)
  return fetch(path + queryText(query), { method, headers, body: payload, signal: signal ?? null, credentials: 'same-origin' })
    .catch((reason: unknown) => { throw signal?.aborted ? reason : unreachable() })
}

async function currentCsrfToken(): Promise<string> {
  if (csrfToken === undefined) {
    const session = await request<{ csrfToken?: string | null }>('GET', '/api/v1/session')
    csrfToken = session.csrfToken ?? ''
  }
  return csrfToken
}

/** The session is over, or opens nothing before a second factor is set up: a full load of the page at the door forgets everything that was on the screen. */
function leaveFor(door: (to?: string) => string) {
  if (location.pathname !== door()) location.assign(door(location.pathname + location.search))
}
