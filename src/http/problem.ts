/** Errors on the wire: RFC 9457 problem details. The only place that knows which HTTP status an error has. */
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { AppError, type ErrorKind, type Fault, isDatabaseGone, sqlState } from '../platform/errors.ts'
import type { Log } from '../platform/log.ts'
import { faultsOf } from '../platform/zod-faults.ts'

const statusOf = {
  invalid: 400, unauthenticated: 401, forbidden: 403, notFound: 404, conflict: 409, stale: 412, tooLarge: 413, tooMany: 429, unavailable: 503,
} as const satisfies Record<ErrorKind, number>

const titleOf: Record<number, string> = {
  400: 'The input is not right', 401: 'Sign in first', 403: 'Not allowed', 404: 'Not found', 409: 'Not possible in this state',
  412: 'Changed meanwhile', 413: 'Too large', 415: 'Unknown content type', 429: 'Too often', 500: 'Something broke on our side', 503: 'Not available now',
}

type Problem = { status: number; code: string; detail: string; extra?: Record<string, unknown> }

export function sendProblem(reply: FastifyReply, error: unknown, log: Log): FastifyReply {
  const { status, code, detail, extra } = problemOf(error)
  if (status >= 500) log.error({ error: (error as Error).message, stack: (error as Error).stack, url: reply.request.routeOptions.url }, 'a request failed')
  if (typeof extra?.['retryAfterSeconds'] === 'number') reply.header('retry-after', String(extra['retryAfterSeconds']))
  return reply.code(status).type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: titleOf[status] ?? 'Error', status, detail, code, errors: [], ...extra }))
}

function problemOf(error: unknown): Problem {
  if (error instanceof AppError) return { status: statusOf[error.kind], code: error.code, detail: error.message, extra: error.extra }
  if (error instanceof z.ZodError) {
    const errors = faultsOf(error)
    return { status: 400, code: 'invalidInput', detail: sentence(errors), extra: { errors } }
  }
  if (isFastifyError(error) && error.statusCode < 500) return { status: error.statusCode, code: 'badRequest', detail: error.message }
  // PostgreSQL's text and JSON hold no NUL character.
  if (['22021', '22P05'].includes(sqlState(error) ?? '')) return { status: 400, code: 'invalidInput', detail: 'A text must not contain a NUL character.' }
  if (isDatabaseGone(error) || isSocketGone(error)) {
    return { status: 503, code: 'databaseUnavailable', detail: 'The database cannot be reached at the moment. Try again shortly.' }
  }
  return { status: 500, code: 'bug', detail: 'Something broke on our side. It was logged.' }
}

const sentence = (errors: Fault[]) => errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join(' ')

const isFastifyError = (error: unknown): error is Error & { statusCode: number } =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'

/** The embedded database's socket, while it is started again. */
const isSocketGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
