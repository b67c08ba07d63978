/** Errors the product foresaw: a kind for the world, a code for programs, a sentence for a person. Only src/http knows status codes. */
export type ErrorKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'notFound' | 'conflict' | 'stale' | 'tooLarge' | 'tooMany' | 'unavailable'

/** One fault of an input: `path` names the field ("mapping.Email", "filter.and.0.op"), the message says what to do. */
export type Fault = { path: string; message: string }

/**
 * `kind` says how the world should react, `code` names it for programs, the message is for a person and says what to do.
 * `extra` travels with the answer (e.g. the checks of a refused Pending). Anything else that is thrown is a bug and answers 500.
 */
export class AppError extends Error {
  override name = 'AppError'
  readonly kind: ErrorKind
  readonly code: string
  readonly extra: { errors?: Fault[]; [more: string]: unknown }

  constructor(kind: ErrorKind, code: string, message: string, extra: { errors?: Fault[]; [more: string]: unknown } = {}) {
    super(message)
    this.kind = kind
    this.code = code
    this.extra = extra
  }
}

/** "There is no campaign X." Also for what somebody may not read: both look the same from outside. */
export const notFound = (thing: string, id: string) =>
  new AppError('notFound', `${camel(thing)}NotFound`, `There is no ${thing} ${id}. It may have been deleted.`)

/** All faults of an input at once, each naming its field. */
export const invalid = (errors: Fault[]) =>
  new AppError('invalid', 'invalidInput', errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join(' '), { errors })

/** The faults that reading something throws, one by one; none where it can be read. */
export function faultsIn(read: () => unknown): Fault[] {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof AppError && error.extra.errors) return [...error.extra.errors]
    throw error
  }
}

/** PostgreSQL holds no NUL in a text. */
export const nulFaults = (texts: object): Fault[] => Object.entries(texts)
  .filter(([, text]) => typeof text === 'string' && text.includes('\0')).map(([path]) => ({ path, message: 'must not contain a NUL character' }))

/** The postgres error code (SQLSTATE) of a thrown database error, or null. */
export const sqlState = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null

/** A statement ran longer than `statement_timeout`. */
export const isTimedOut = (error: unknown): boolean => sqlState(error) === '57014'

/** Two transactions waited for each other in a circle, and this one was given up. */
export const isDeadlock = (error: unknown): boolean => sqlState(error) === '40P01'

const brokenConnection = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

/** Connection lost (class 08), the server is going down (57P), or not there: the same may be tried again. The driver's own words for it have no code; a transaction whose connection is lost ends with "not queryable", as that is what its rollback meets. */
export const isDatabaseGone = (error: unknown): boolean =>
  /^(08|57P)/.test(sqlState(error) ?? '')
  || (error instanceof Error && (('code' in error && brokenConnection.has(String(error.code))) || /^Connection terminated|^Client (has encountered a connection error|was closed) and is not queryable/.test(error.message)))

const camel = (words: string) => words.toLowerCase().replace(/[ -](\w)/g, (_, letter: string) => letter.toUpperCase())
